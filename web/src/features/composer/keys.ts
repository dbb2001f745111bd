/** Keys: what somebody means by one, in the field where he writes. Pure but for `isTouch`. */
import type { KeyboardEvent } from "react";

/** What browsers say of a key that an input method takes; Safari says nothing else. UI Events, section 7.3.1. */
const COMPOSING = 229;

/** Whether an input method is still at work, whose keys are no commands. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === COMPOSING;
}

/** Whether fingers are what one writes with: Enter is where another key would be, and lines have to be broken. */
export function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches && !matchMedia("(any-pointer: fine)").matches;
}

export function isSending(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  // With Ctrl or Cmd it is meant in any case.
  return event.ctrlKey || event.metaKey || !isTouch();
}
