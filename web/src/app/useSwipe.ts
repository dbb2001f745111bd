import { type RefObject, useEffect } from "react";

/** How far a finger goes until it is meant, and how steep that may be, in pixels and as a ratio. */
const FAR = 72;
const STEEP = 0.6;

export type Direction = "back" | "forth";

/**
 * Hear when a finger is drawn across an element, from its beginning to its end (`back`) or the other way (`forth`).
 * What scrolls or is chosen stays as it is: the browser takes a finger that moves up or down for itself, and so does
 * whatever scrolls sideways (`touch-action: pan-y` on the element).
 */
export function useSwipe(
  element: RefObject<HTMLElement | null>,
  onSwipe: (direction: Direction) => void,
): void {
  useEffect(() => {
    const surface = element.current;
    if (surface === null) return undefined;
    let start: PointerEvent | undefined;

    function begin(event: PointerEvent) {
      start = event.pointerType === "touch" && event.isPrimary && !scrolls(event.target) ? event : undefined;
    }
    function end(event: PointerEvent) {
      const from = start;
      start = undefined;
      if (from === undefined || event.pointerId !== from.pointerId || !getSelection()?.isCollapsed) return;
      const direction = directionOf(event.clientX - from.clientX, event.clientY - from.clientY);
      if (direction) onSwipe(direction);
    }
    function cancel() {
      start = undefined;
    }
    surface.addEventListener("pointerdown", begin);
    surface.addEventListener("pointerup", end);
    surface.addEventListener("pointercancel", cancel);
    return () => {
      surface.removeEventListener("pointerdown", begin);
      surface.removeEventListener("pointerup", end);
      surface.removeEventListener("pointercancel", cancel);
    };
  }, [element, onSwipe]);
}

/** Return where a finger went; `undefined` where it went nowhere. */
export function directionOf(right: number, down: number, isRightToLeft = isRtl()): Direction | undefined {
  if (Math.abs(right) < FAR || Math.abs(down) > STEEP * Math.abs(right)) return undefined;
  return right > 0 === isRightToLeft ? "forth" : "back";
}

/** Whether something under the finger moves sideways itself: long code, tabs, a field with text. */
function scrolls(target: EventTarget | null): boolean {
  for (let one = target instanceof Element ? target : null; one !== null; one = one.parentElement)
    if (one.matches("input, textarea, dialog, [popover]") || isScroller(one)) return true;
  return false;
}

function isScroller(one: Element): boolean {
  return one.scrollWidth > one.clientWidth && /auto|scroll/.test(getComputedStyle(one).overflowX);
}

function isRtl(): boolean {
  return globalThis.document?.dir === "rtl";
}
