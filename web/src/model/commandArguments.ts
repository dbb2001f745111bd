/** Arguments: what may follow a slash command, taken apart as the text protocol does it. Pure. */

/** What was written is no duration. */
export class UnfitDurationError extends Error {
  readonly written: string;

  constructor(written: string) {
    super(written);
    this.name = "UnfitDurationError";
    this.written = written;
  }
}

const UNITS: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };
const UNIT_WORD = /^(weeks?|days?|hours?|minutes?|mins?|seconds?)$/i;

/** Longest that can be meant, in seconds: ten years, as at the server. */
const LONGEST_SECONDS = 10 * 366 * 86_400;

const NAME = /^[^\s,#@/]+$/;

/** Whether a word can be what somebody is called; the server knows better. */
export function isName(word: string): boolean {
  return NAME.test(word);
}

/** Return the names in a list, divided by commas and spaces; an `@` before one is courtesy. */
export function splitNames(text: string): readonly string[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(bareName);
}

/** Return the names at the beginning, divided by commas, and what follows; no names where another was to come. */
export function splitTargets(rest: string): { names: readonly string[]; text: string } {
  const [, list = "", text = ""] = /^((?:[^\s,]+\s*,\s*)*[^\s,]+,?)\s*([\s\S]*)$/.exec(rest) ?? [];
  if (list.endsWith(",")) return { names: [], text };
  return {
    names: list
      .split(/\s*,\s*/)
      .filter(Boolean)
      .map(bareName),
    text,
  };
}

/**
 * Return the words before a `for 2h`, its seconds, and what follows it. `mayGoOn` says whether something may follow.
 * `for` before what does not begin with a digit is a word like any other. Throws `UnfitDurationError`.
 */
export function splitTerm(
  words: readonly string[],
  mayGoOn = false,
): { names: readonly string[]; seconds: number | undefined; after: readonly string[] } {
  const isTerm = (word: string, at: number) =>
    at > 0 && word.toLowerCase() === "for" && /^\d/.test(words[at + 1] ?? "");
  // A reason has its `for` where it likes; only the first word of it is a term.
  const place = mayGoOn ? (isTerm(words[1] ?? "", 1) ? 1 : -1) : words.findIndex(isTerm);
  if (place < 0) return { names: words, seconds: undefined, after: [] };
  const { seconds, taken } = takeDuration(words.slice(place + 1));
  const after = words.slice(place + 1 + taken);
  if (after.length > 0 && !mayGoOn) throw new UnfitDurationError(after.join(" "));
  return { names: words.slice(0, place), seconds, after };
}

function takeDuration(words: readonly string[]): { seconds: number; taken: number } {
  const [first = "", unit = ""] = words;
  if (/^\d+$/.test(first) && UNIT_WORD.test(unit)) {
    return { seconds: parseDuration(`${first}${unit.charAt(0)}`), taken: 2 };
  }
  return { seconds: parseDuration(first), taken: 1 };
}

/** Return the seconds that `10m`, `2h`, `1h30m` … stand for. Throws `UnfitDurationError`. */
export function parseDuration(text: string): number {
  if (!/^(?:\d{1,9}[wdhms])+$/i.test(text)) throw new UnfitDurationError(text);
  const parts = [...text.matchAll(/(\d+)([a-z])/gi)];
  const seconds = parts.reduce(
    (sum, [, number = "", unit = ""]) => sum + Number(number) * (UNITS[unit.toLowerCase()] ?? 0),
    0,
  );
  if (seconds === 0 || seconds > LONGEST_SECONDS) throw new UnfitDurationError(text);
  return seconds;
}

function bareName(name: string): string {
  return name.startsWith("@") ? name.slice(1) : name;
}
