/** Emoji: whether a text is nothing else, and so is shown large. */

/** Most that are shown large. */
const MOST = 8;

/** What one is: the sets of Unicode's UTS 51, which know flags, skins and families as one each. */
const EMOJI = /^(?:\p{RGI_Emoji}|\p{Emoji}\uFE0F|\p{Emoji_Presentation})$/v;

/** Dear to make, and seldom needed. */
let segmenter: Intl.Segmenter | undefined;

export function isOnlyEmoji(text: string): boolean {
  // The longest that Unicode recommends has ten code points. Most texts have letters, and digits count as emoji.
  if (text.length > MOST * 24 || /\p{L}/u.test(text) || !/\p{Emoji}/u.test(text)) return false;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const parts = [...segmenter.segment(text.replace(/\s+/g, ""))];
  return parts.length > 0 && parts.length <= MOST && parts.every(({ segment }) => EMOJI.test(segment));
}
