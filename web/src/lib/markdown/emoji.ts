/** Emoji: whether a text is nothing else, and so is shown large. */
import { graphemesOf } from "../graphemes";

/** Most that are shown large. */
const MOST = 8;

/** What one is: the sets of Unicode's UTS 51, which know flags, skins and families as one each. */
const EMOJI = "^(?:\\p{RGI_Emoji}|\\p{Emoji}\\uFE0F|\\p{Emoji_Presentation})$";

/** Dear to make: thousands of them are written out. */
let emoji: RegExp | undefined;

export function isOnlyEmoji(text: string): boolean {
  // The longest that Unicode recommends has ten code points. Most texts have letters, and digits count as emoji.
  if (text.length > MOST * 24 || /\p{L}/u.test(text) || !/\p{Emoji}/u.test(text)) return false;
  const parts = [...graphemesOf(text.replace(/\s+/g, ""))];
  emoji ??= new RegExp(EMOJI, "v");
  return parts.length > 0 && parts.length <= MOST && parts.every(({ segment }) => emoji?.test(segment));
}
