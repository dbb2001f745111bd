/** Unmarking: what a text says where its marks are not drawn, as in a list of what was found. Pure. */
import type { Nested } from "./nest";
import { readMarks } from "./parse";
import { VEIL } from "./veil";

type Span = readonly [begin: number, end: number];

export interface Unmarked {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** What only says how something looks, or leads somewhere. A list keeps its dashes and numbers: they part its items. */
const MARKS: ReadonlySet<string> = new Set([
  ...["emphasisSequence", "strongSequence", "strikethroughSequence", "codeTextSequence", "codeFencedFence"],
  ...["labelMarker", "resource", "autolinkMarker", "escapeMarker", "blockQuotePrefix"],
]);

/**
 * Return a text without its marks, and where some parts of it are then; what was found in a mark stays. `spans` count
 * characters, as the server does, not UTF-16.
 */
export function unmark(text: string, spans: readonly Span[]): Unmarked {
  const marks = marksIn(readMarks(text) ?? [], text);
  if (marks.length === 0) return { text, spans };
  const before = lettersBefore(text);
  const letters = [...text];
  const isMark = letters.map(() => false);
  for (const [begin, end] of marks) {
    const [from, to] = [before[begin] ?? 0, before[end] ?? 0];
    if (!spans.some((span) => span[0] < to && from < span[1])) isMark.fill(true, from, to);
  }
  let shown = 0;
  const places = letters.map((_, at) => (isMark[at] ? shown : shown++));
  const place = (letter: number) => places[letter] ?? shown;
  return {
    text: letters.filter((_, at) => !isMark[at]).join(""),
    spans: spans.map(([from, to]) => [place(from), place(to)] as const),
  };
}

function marksIn(nodes: readonly Nested[], text: string): Span[] {
  return nodes.flatMap((node) =>
    isMarkIn(text, node) ? [[node.begin, node.end]] : marksIn(node.children, text),
  );
}

/** A `||` without another one is text: it covers nothing. */
function isMarkIn(text: string, { type, begin, end }: Nested): boolean {
  return MARKS.has(type) || (type === "spoilerMark" && (text[begin - 1] === VEIL || text[end] === VEIL));
}

/** Return for each place in UTF-16 how many characters are before it. */
function lettersBefore(text: string): readonly number[] {
  const before: number[] = [];
  let count = 0;
  for (const letter of text) {
    for (let unit = 0; unit < letter.length; unit++) before.push(count);
    count += 1;
  }
  return [...before, count];
}
