/** Commands: what a line means that begins with a slash. Pure; `features/composer` does what is meant. */
import { UnfitDurationError } from "./commandArguments";
import type { Meaning, SlashCommand } from "./commandMeanings";
import { COMMANDS } from "./commandTable";

export type { CommandHelp, Meaning, SlashCommand } from "./commandMeanings";
export { COMMANDS } from "./commandTable";

const BY_WORD = new Map(COMMANDS.flatMap((command) => command.words.map((word) => [word, command] as const)));

/** A word that could be a command's: `/usr/bin`, `/2` and `/ that` are none, and are said as they stand. */
const COMMAND_LINE = /^\/([\p{L}?][\p{L}\p{N}-]*)(?:\s+|$)/u;

/** Return what somebody means by a line who is in the room of that name. */
export function parseLine(line: string, room: string): Meaning {
  if (!line.startsWith("/")) return { kind: "text", text: line };
  if (line.startsWith("//")) return { kind: "text", text: line.slice(1) };
  const [whole, word] = COMMAND_LINE.exec(line) ?? [];
  if (whole === undefined || word === undefined) return { kind: "text", text: line };
  const command = BY_WORD.get(word.toLowerCase());
  if (command === undefined) return { kind: "unknown", word, nearest: nearestWord(word) };
  return meanBy(command, line.slice(whole.length).trim(), room);
}

/** Return the command that a line begins with, if there is one. */
export function commandOf(line: string): SlashCommand | undefined {
  const [, word = ""] = COMMAND_LINE.exec(line) ?? [];
  return BY_WORD.get(word.toLowerCase());
}

function meanBy(command: SlashCommand, rest: string, room: string): Meaning {
  try {
    return command.mean(rest, room) ?? { kind: "misuse", command, sentence: "" };
  } catch (error) {
    if (error instanceof UnfitDurationError) return { kind: "misuse", command, sentence: error.written };
    throw error;
  }
}

/** Return the word most like the one given, or nothing where none is like it. */
export function nearestWord(word: string): string {
  const meant = word.toLowerCase();
  const words = [...BY_WORD.keys()];
  const longer = words.filter((one) => meant.length > 1 && one.startsWith(meant));
  const [shortest] = longer.sort((one, other) => one.length - other.length);
  if (shortest !== undefined) return shortest;
  const most = meant.length > 4 ? 2 : 1;
  const near = words
    .map((one) => ({ one, far: distance(meant.slice(0, 32), one) }))
    .filter(({ far }) => far <= most)
    .sort((one, other) => one.far - other.far);
  return near[0]?.one ?? "";
}

/** How many letters have to be added, taken away, changed or swapped with the next. */
function distance(one: string, other: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const next = nextRow(one, other, at, row, before);
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}

function nextRow(
  one: string,
  other: string,
  at: number,
  row: readonly number[],
  before: readonly number[],
): readonly number[] {
  const next = [at];
  for (let to = 1; to <= other.length; to += 1) {
    const isSame = one[at - 1] === other[to - 1];
    const isSwapped = one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
    const changed = (row[to - 1] ?? 0) + (isSame ? 0 : 1);
    const swapped = isSwapped ? (before[to - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
    next.push(Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, changed, swapped));
  }
  return next;
}
