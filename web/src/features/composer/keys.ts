/** Keys: what somebody means by one, in the field where he writes. Pure but for `hasOnlyFingers`. */
import type { KeyboardEvent } from "react";

/** Whether there are fingers and no mouse: Enter is where another key would be then, and lines have to be broken. */
function hasOnlyFingers(): boolean {
  return matchMedia("(pointer: coarse)").matches && !matchMedia("(any-pointer: fine)").matches;
}

export function isSending(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  // With Ctrl or Cmd it is meant in any case.
  return event.ctrlKey || event.metaKey || !hasOnlyFingers();
}
