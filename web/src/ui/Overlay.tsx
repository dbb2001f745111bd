import { type KeyboardEvent, type ReactNode, useState } from "react";
import { createPortal } from "react-dom";
import { isComposing } from "../lib/composing";
import { topLayer } from "../lib/layers";

/**
 * Put what lies over the page for a moment at the end of the part in which one is, and not into what it belongs to: where
 * the pointer is on a popover that is hidden and then taken away, Safari goes on to take it to be on all in which that stood.
 */
export function Overlay({ children }: { children: ReactNode }) {
  const [part] = useState(partOf);
  return createPortal(children, part);
}

/** Have Escape take away a popover, and not what it stands in as well; returns whether it was that key. */
export function hideByEscape(event: KeyboardEvent<HTMLElement>): boolean {
  if (event.key !== "Escape" || isComposing(event.nativeEvent)) return false;
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.hidePopover();
  return true;
}

function partOf(): Element {
  return topLayer.current() ?? document.activeElement?.closest("main, nav, aside, footer") ?? document.body;
}
