/** Composing: an input method makes letters out of several keys, which are no commands meanwhile. */

/** What browsers say of a key that an input method takes. UI Events, section 7.3.1. */
const COMPOSING = 229;

/**
 * Whether an input method is still at work. Safari tells that a text is composed before it tells of the key that ended it,
 * and says nothing else of that key: https://bugs.webkit.org/show_bug.cgi?id=165004.
 */
export function isComposing(event: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean {
  return event.isComposing || event.keyCode === COMPOSING;
}
