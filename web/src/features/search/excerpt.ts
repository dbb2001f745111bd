/** Excerpts: the part of a message in which something was found. Pure. */

export interface Excerpt {
  readonly text: string;
  /** What was found: begins and ends in `text`. */
  readonly spans: readonly (readonly [number, number])[];
}

/** How much stands before the first hit, and how much there is at most. */
const BEFORE = 60;
const MOST = 280;

/** Cut a text to what stands around its first hit. `spans` count characters, as the server does, not UTF-16. */
export function excerptOf(text: string, spans: readonly (readonly [number, number])[]): Excerpt {
  const letters = [...text.replaceAll(/\s/g, " ")];
  const first = spans[0]?.[0] ?? 0;
  const begin = letters.length <= MOST || first <= BEFORE ? 0 : wordAfter(letters, first - BEFORE, first);
  const end = Math.min(letters.length, begin + MOST);
  const opening = begin > 0 ? "… " : "";
  const closing = end < letters.length ? " …" : "";
  const inside = spans.filter(([from, to]) => from >= begin && to <= end);
  const place = (letter: number) => opening.length + letters.slice(begin, letter).join("").length;
  return {
    text: opening + letters.slice(begin, end).join("") + closing,
    spans: inside.map(([from, to]) => [place(from), place(to)] as const),
  };
}

/** Return where the next word begins, if one does before `limit`. */
function wordAfter(letters: readonly string[], from: number, limit: number): number {
  const space = letters.indexOf(" ", from);
  return space >= 0 && space < limit ? space + 1 : from;
}
