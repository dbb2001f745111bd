/** The end of a list: whether it is seen, and staying there. */
import type { RefObject } from "react";
import { onGesture } from "./gestures";

/** Whoever is nearer to the end than this reads along, in pixels. */
export const AT_END = 100;

let size = { width: 800, height: 600 };

/** How large a list of messages was last: to ask the page each time would have it laid out each time. */
export const lastSize = () => size;

/**
 * Learn whether the end is seen; it stays so when the window, the composer or a row changes its height. `gauge` is as tall
 * as all rows, and lies deeper in the page than they do: rows that tell how tall they are change it, and what lies no deeper
 * would be told a frame later, with an error for the console.
 * https://drafts.csswg.org/resize-observer/#gather-active-observations-h
 */
export function watchEnd(
  element: HTMLDivElement | null,
  gauge: HTMLDivElement | null,
  atEnd: RefObject<boolean>,
  tell: (isAtEnd: boolean) => void,
  scrollToEnd: () => void,
): (() => void) | undefined {
  if (element === null) return undefined;
  let before = { top: element.scrollTop, height: element.scrollHeight };
  let isMoved = false;
  const look = () => {
    before = { top: element.scrollTop, height: element.scrollHeight };
  };
  const toEnd = () => {
    scrollToEnd();
    look();
    isMoved = false;
  };
  const onScroll = () => {
    const { scrollTop: top, scrollHeight: height } = element;
    const isNear = height - top - element.clientHeight <= AT_END;
    // Without a gesture, as by what finds words in a page.
    const isFound = top < before.top && height === before.height;
    const hasLeft = isMoved || isFound;
    look();
    // Rows that come, or turn out to be taller than they were thought to be, push the end away: nobody left it by that.
    if (!isNear && atEnd.current && !hasLeft) return toEnd();
    atEnd.current = isNear;
    tell(isNear);
  };
  const endGestures = onGesture(element, () => {
    isMoved = true;
  });
  const sizes = new ResizeObserver(() => {
    size = { width: element.clientWidth, height: element.clientHeight };
    if (atEnd.current) toEnd();
    else onScroll();
  });
  // Rows that are measured once more, as when a picture has come, push the end away without a scroll.
  const heights = new ResizeObserver(() => {
    const isLeaving = isMoved && element.scrollTop < before.top;
    if (atEnd.current && !isLeaving) toEnd();
  });
  element.addEventListener("scroll", onScroll, { passive: true });
  sizes.observe(element);
  if (gauge) heights.observe(gauge);
  return () => {
    element.removeEventListener("scroll", onScroll);
    endGestures();
    sizes.disconnect();
    heights.disconnect();
  };
}
