/** Keys: what somebody means by one, in the field where he writes. Pure but for `isTouch`. */
import type { KeyboardEvent } from "react";

/** Whether fingers are what one writes with: Enter is where another key would be, and lines have to be broken. */
export function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches && !matchMedia("(any-pointer: fine)").matches;
}

export function isSending(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  // With Ctrl or Cmd it is meant in any case.
  return event.ctrlKey || event.metaKey || !isTouch();
}
