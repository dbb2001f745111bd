/** Ranking: which of many names somebody means who has written some letters of one. Pure. */

export interface Match {
  /** The higher, the more likely. */
  readonly score: number;
  /** Which parts of the name were meant: begins and ends. */
  readonly spans: readonly (readonly [number, number])[];
}

const EXACT = 1_000;
const PREFIX = 800;
const WORD = 600;
const INSIDE = 400;
const SCATTERED = 200;

/** Return how well a name fits what was written; `undefined` where it does not. Case and accents make no difference. */
export function match(name: string, written: string): Match | undefined {
  const wanted = [...written.trim()].map(fold);
  if (wanted.length === 0) return { score: 0, spans: [] };
  const letters = [...name];
  const folded = letters.map(fold);
  // The sign of a room or a person counts only for who has written it.
  const sign = /^[#@]/.test(name) && !/^[#@]/.test(written.trim()) ? 1 : 0;
  const found = together(folded, wanted, sign) ?? scattered(folded, wanted, sign);
  return found && { score: found.score, spans: spansOf(letters, found.places) };
}

interface Found {
  readonly score: number;
  readonly places: readonly number[];
}

/** All that was written stands in it, in one piece. */
function together(letters: string[], wanted: string[], sign: number): Found | undefined {
  let best: Found | undefined;
  for (let begin = 0; begin + wanted.length <= letters.length; begin++) {
    if (!wanted.every((letter, step) => letters[begin + step] === letter)) continue;
    const score = scoreAt(letters, begin, wanted.length, sign);
    if (score > (best?.score ?? 0)) best = { score, places: wanted.map((_, step) => begin + step) };
  }
  return best;
}

function scoreAt(letters: string[], begin: number, length: number, sign: number): number {
  const rest = Math.min(99, letters.length - length - sign);
  if (begin === sign) return rest === 0 ? EXACT : PREFIX - rest;
  return (isWordStart(letters, begin) ? WORD : INSIDE) - rest;
}

/** Its letters stand there in this order, with others between them: `rp` of `release-planning`. */
function scattered(letters: string[], wanted: string[], sign: number): Found | undefined {
  const places: number[] = [];
  for (const letter of wanted) {
    const from = (places.at(-1) ?? sign - 1) + 1;
    const word = letters.findIndex((one, at) => at >= from && one === letter && isWordStart(letters, at));
    const place = word >= 0 ? word : letters.indexOf(letter, from);
    if (place < 0) return undefined;
    places.push(place);
  }
  const gaps = (places.at(-1) ?? 0) - (places[0] ?? 0) + 1 - wanted.length;
  const starts = places.filter((place) => isWordStart(letters, place)).length;
  // Letters far from each other are chance, unless each begins a word.
  if (gaps > 2 * wanted.length && starts < wanted.length) return undefined;
  return { score: Math.max(1, SCATTERED + 20 * starts - 5 * gaps - Math.min(50, letters.length)), places };
}

function isWordStart(letters: string[], place: number): boolean {
  return place === 0 || /[\s\-_.#@/+]/.test(letters[place - 1] ?? "");
}

/** Places of letters, as parts of the text: those of letters beside each other are one part. */
function spansOf(letters: string[], places: readonly number[]): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  for (const place of places) {
    const begin = letters.slice(0, place).join("").length;
    const end = begin + (letters[place] ?? "").length;
    const last = spans.at(-1);
    if (last?.[1] === begin) last[1] = end;
    else spans.push([begin, end]);
  }
  return spans;
}

/** Return a letter in lower case and without its accents, which is one letter again. */
function fold(letter: string): string {
  return [...letter.normalize("NFKD").toLocaleLowerCase()][0] ?? letter;
}
