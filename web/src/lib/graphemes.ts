/** Graphemes: what people take for one letter, however many code points it has. */

/** Dear to make, and not needed at once. */
let segmenter: Intl.Segmenter | undefined;

/** Take a text apart. */
export function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter.segment(text);
}
