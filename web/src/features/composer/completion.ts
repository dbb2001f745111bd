/** Completion: what somebody has begun to write, and what it may become. Pure. */
import { commandOf } from "../../model/commands";

/** What is being written at the caret. */
export interface Token {
  readonly kind: "person" | "room" | "emoji" | "command" | "name";
  /** What of it stands there, without its sign. */
  readonly query: string;
  readonly start: number;
  readonly end: number;
}

export interface Suggestion {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  /** What is put in the place of the token. */
  readonly insert: string;
  /** Whose picture stands before it, or which sign. */
  readonly picture: { readonly kind: "person" | "sign"; readonly of: string };
}

/** Most that are shown. */
export const MOST = 8;

const SIGNS = { "@": "person", "#": "room", ":": "emoji" } as const;

/** Letters before an emoji is meant: `:)` is none, and neither is `10:30`. */
const SHORTEST_EMOJI = 2;

/** Return what stands before the caret and could be completed. */
export function findToken(text: string, caret: number): Token | undefined {
  const before = text.slice(0, caret);
  const [command] = /^\/[\p{L}?-]*$/u.exec(before) ?? [];
  if (command !== undefined) return { kind: "command", query: command.slice(1), start: 0, end: caret };
  const name = findName(before);
  if (name) return name;
  const [, sign = "", query = ""] = /(?:^|[\s([{"'*_~|>,])([@#:])([^\s@#:,()[\]{}"'`]*)$/u.exec(before) ?? [];
  if (!(sign in SIGNS) || isInCode(before)) return undefined;
  const kind = SIGNS[sign as keyof typeof SIGNS];
  if (kind === "emoji" && !(query.length >= SHORTEST_EMOJI && /^[\p{L}\p{N}_+-]+$/u.test(query)))
    return undefined;
  return { kind, query, start: caret - query.length - 1, end: caret };
}

/** Whoever a command is about is called without a sign: `/kick bo`, `/msg ann,bo`. */
function findName(before: string): Token | undefined {
  const command = commandOf(before);
  const isAboutSomebody = command !== undefined && /^(?:NAME|WHO)/.test(command.usage);
  const [, list = "", query = ""] = /^\/\S+\s+((?:[^\s,]+,\s*)*)@?([^\s,@]*)$/.exec(before) ?? [];
  if (!isAboutSomebody || query === "" || (list !== "" && !/^NAME(?:\[,|,|…)/.test(command.usage)))
    return undefined;
  return { kind: "name", query, start: before.length - query.length, end: before.length };
}

/** Whether the caret stands in code, where nobody is called: after a backtick that is not closed on its line. */
function isInCode(before: string): boolean {
  const fences = before.match(/^```/gm)?.length ?? 0;
  if (fences % 2 === 1) return true;
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return !line.startsWith("```") && (line.match(/`/g)?.length ?? 0) % 2 === 1;
}

/** Without capitals and accents, as people type who look for something. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** How well something fits: 0 best, 3 not at all. */
export function misfit(query: string, text: string): number {
  const sought = fold(query);
  const folded = fold(text);
  if (folded.startsWith(sought)) return 0;
  const words = folded.split(/[\s_.-]+/);
  if (words.some((word) => word.startsWith(sought))) return 1;
  return folded.includes(sought) ? 2 : 3;
}

/** Return the best, in the order in which they came where they fit equally well. */
export function best<Item>(
  query: string,
  items: readonly Item[],
  textOf: (item: Item) => string,
): readonly Item[] {
  return items
    .map((item, at) => ({ item, at, score: misfit(query, textOf(item)) }))
    .filter(({ score }) => score < 3)
    .sort((one, other) => one.score - other.score || one.at - other.at)
    .slice(0, MOST)
    .map(({ item }) => item);
}
