/** Veils: what is hidden until asked for stays so where a text stands without its marks. Pure. */

/** A pair of marks that stand at words, not between them, as `a || b || c` has in code. */
const HIDDEN = /\|\|(?=\S)[\s\S]+?(?<=\S)\|\|/g;

/** What a letter is covered by. */
export const VEIL = "▒";

const LETTER = /[^\s|]/gu;

/** Return the text with every hidden letter covered: each by one, so that what is counted in it stays where it is. */
export function veil(text: string): string {
  return text.includes("||") ? text.replace(HIDDEN, (hidden) => hidden.replace(LETTER, VEIL)) : text;
}

/** Return the text with an ellipsis for what is hidden: for whoever hears it. */
export function hush(text: string): string {
  return text.includes("||") ? text.replace(HIDDEN, "…") : text;
}
