/** Emoji: whether a text is nothing else, and so is shown large. */

/** Most that are shown large. */
const MOST = 8;

/** What one is: the sets of Unicode's UTS 51, which know flags, skins and families as one each. */
const EMOJI = /^(?:\p{RGI_Emoji}|\p{Emoji}\uFE0F|\p{Emoji_Presentation})$/v;

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export function isOnlyEmoji(text: string): boolean {
  // The longest that Unicode recommends has ten code points.
  if (text.length > MOST * 24 || !/\p{Emoji}/u.test(text)) return false;
  const parts = [...segmenter.segment(text.replace(/\s+/g, ""))];
  return parts.length > 0 && parts.length <= MOST && parts.every(({ segment }) => EMOJI.test(segment));
}
