import {
  defaultRangeExtractor,
  measureElement,
  type Range,
  useVirtualizer,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { estimate } from "./estimating";
import { onGesture } from "./gestures";
import type { Row } from "./rows";
import { type Align, useStay } from "./useStay";

/** Whoever is nearer to the end than this reads along, in pixels. */
export const AT_END = 100;

/** Rows that are drawn above and below what is seen. */
const BEYOND = 8;

/** What is measured of rows that are gone is forgotten when it is so many more than there are rows. */
const STALE = 2_000;

/** How wide lists of messages were last: to ask the page each time would have it laid out each time. */
let lastWidth = 800;

export interface List {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement> & {
    containerRef: (node: HTMLElement | null) => void;
  };
  readonly isAtEnd: boolean;
  toEnd(): void;
  toRow(index: number, align: Align): void;
}

/** Keep a list where one reads, or at its end; `active` is a row that is drawn wherever it is. */
export function useList(rows: readonly Row[], isPast: boolean, active: number, beginsAtEnd: boolean): List {
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(beginsAtEnd);
  const atEnd = useRef(beginsAtEnd);
  const wasPast = useRef(isPast);

  const keyOf = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const rangeOf = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      if (active < 0 || active >= range.count || drawn.includes(active)) return drawn;
      return [...drawn, active].sort((one, other) => one - other);
    },
    [active],
  );
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(rows[index], lastWidth),
    getItemKey: keyOf,
    measureElement: measure,
    rangeExtractor: rangeOf,
    anchorTo: "end",
    // What is added to the past, or joins it to the present, is not what has just been said.
    followOnAppend: !isPast && !wasPast.current,
    scrollEndThreshold: AT_END,
    overscan: BEYOND,
    paddingStart: 16,
    paddingEnd: 12,
    directDomUpdates: true,
    directDomUpdatesMode: "position",
  });

  const { toRow, leave } = useStay(rows, virtualizer, scroller);
  const toEnd = useCallback(() => {
    leave();
    atEnd.current = true;
    setIsAtEnd(true);
    virtualizer.scrollToEnd();
  }, [virtualizer, leave]);

  useLayoutEffect(() => {
    wasPast.current = isPast;
  });
  useLayoutEffect(() => {
    if (atEnd.current) virtualizer.scrollToEnd();
  }, [virtualizer]);
  useEffect(() => watch(scroller.current, atEnd, setIsAtEnd, () => virtualizer.scrollToEnd()), [virtualizer]);
  useEffect(() => forget(virtualizer.itemSizeCache, rows), [virtualizer, rows]);
  return { scroller, virtualizer, isAtEnd, toEnd, toRow };
}

/**
 * Return how tall a row is. One that has just been drawn counts for what it was thought to be: its observer tells before
 * anything is painted, of all rows together, where to ask each one of them would have the page laid out each time.
 */
const measure: typeof measureElement<HTMLDivElement> = (row, entry, virtualizer) =>
  entry === undefined
    ? (virtualizer.measurementsCache[virtualizer.indexFromElement(row)]?.size ?? 0)
    : measureElement(row, entry, virtualizer);

/** Learn whether the end is seen; it stays so when the window, the composer or a row changes its height. */
function watch(
  element: HTMLDivElement | null,
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
    lastWidth = element.clientWidth;
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
  if (element.firstElementChild) heights.observe(element.firstElementChild);
  return () => {
    element.removeEventListener("scroll", onScroll);
    endGestures();
    sizes.disconnect();
    heights.disconnect();
  };
}

function forget(sizes: Map<string | number | bigint, number>, rows: readonly Row[]): void {
  if (sizes.size < rows.length + STALE) return;
  const here = new Set<string | number | bigint>(rows.map(({ key }) => key));
  for (const key of sizes.keys()) if (!here.has(key)) sizes.delete(key);
}
