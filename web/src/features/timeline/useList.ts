import {
  defaultRangeExtractor,
  measureElement,
  observeElementOffset,
  observeElementRect,
  type Range,
  useVirtualizer,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { usePainted } from "../../lib/usePainted";
import { estimate } from "./estimating";
import type { Row } from "./rows";
import { type Align, useStay } from "./useStay";
import { AT_END, lastSize, watchEnd } from "./watchEnd";

/** Rows that are drawn above and below what is seen, once that was painted. */
const BEYOND = 8;

/** Until then: whoever opens a room waits for what he sees. */
const BEYOND_AT_FIRST = 1;

/** What is measured of rows that are gone is forgotten when it is so many more than there are rows. */
const STALE = 2_000;

export interface List {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** As tall as all rows: `watchEnd`. */
  readonly gauge: RefObject<HTMLDivElement | null>;
  readonly virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement> & {
    containerRef: (node: HTMLElement | null) => void;
  };
  readonly isAtEnd: boolean;
  toEnd(): void;
  toRow(index: number, align: Align): void;
}

/** Return which rows are seen: the first, and the last; as they stand now, and not as they were drawn last. */
export function rangeSeen(virtualizer: List["virtualizer"]): Pick<Range, "startIndex" | "endIndex"> {
  return virtualizer.calculateRange() ?? { startIndex: 0, endIndex: 0 };
}

/** Keep a list where one reads, or at its end; `active` is a row that is drawn wherever it is. */
export function useList(rows: readonly Row[], isPast: boolean, active: number, beginsAtEnd: boolean): List {
  const scroller = useRef<HTMLDivElement>(null);
  const gauge = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(beginsAtEnd);
  const atEnd = useRef(beginsAtEnd);
  const wasPast = useRef(isPast);
  const isPainted = usePainted();

  const keyOf = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const rangeOf = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      if (active < 0 || active >= range.count || drawn.includes(active)) return drawn;
      return [...drawn, active].sort((one, other) => one - other);
    },
    [active],
  );
  const virtualizer: List["virtualizer"] = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(rows[index], lastSize().width),
    getItemKey: keyOf,
    measureElement: measure,
    rangeExtractor: rangeOf,
    // So it is drawn at once where it will stand, and not only once it was laid out.
    initialRect: lastSize(),
    initialOffset: () => (beginsAtEnd ? Math.max(0, virtualizer.getTotalSize() - lastSize().height) : 0),
    observeElementOffset: observe,
    observeElementRect: observeSize,
    anchorTo: "end",
    // What is added to the past, or joins it to the present, is not what has just been said.
    followOnAppend: !isPast && !wasPast.current,
    scrollEndThreshold: AT_END,
    overscan: isPainted ? BEYOND : BEYOND_AT_FIRST,
    paddingStart: 16,
    paddingEnd: 12,
    directDomUpdates: true,
    directDomUpdatesMode: "position",
  });

  useEndAhead(virtualizer, rows.at(-1)?.key, atEnd.current && !isPast && !wasPast.current);
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
  useEffect(
    () => watchEnd(scroller.current, gauge.current, atEnd, setIsAtEnd, () => virtualizer.scrollToEnd()),
    [virtualizer],
  );
  useEffect(() => forget(virtualizer.itemSizeCache, rows), [virtualizer, rows]);
  return { scroller, gauge, virtualizer, isAtEnd, toEnd, toRow };
}

/**
 * Draw what comes where it will be scrolled to, if the list follows: it would be drawn where it stands, and once more in
 * the next frame, which is when scrolling is told.
 */
function useEndAhead(
  virtualizer: List["virtualizer"],
  lastKey: string | undefined,
  isFollowing: boolean,
): void {
  const drawn = useRef(lastKey);
  if (isFollowing && lastKey !== drawn.current)
    virtualizer.scrollOffset = Math.max(0, virtualizer.getTotalSize() - lastSize().height);
  useLayoutEffect(() => {
    drawn.current = lastKey;
  }, [lastKey]);
}

/**
 * Return how tall a row is. One that has just been drawn counts for what it was thought to be: its observer tells before
 * anything is painted, of all rows together, where to ask each one of them would have the page laid out each time.
 */
const measure: typeof measureElement<HTMLDivElement> = (row, entry, virtualizer) =>
  entry === undefined
    ? (virtualizer.measurementsCache[virtualizer.indexFromElement(row)]?.size ?? 0)
    : measureElement(row, entry, virtualizer);

/** Hear of scrolling. A list is put where it begins: it does not scroll by that, and need not be drawn once more. */
const observe: typeof observeElementOffset<HTMLDivElement> = (virtualizer, tell) => {
  let isOpening = true;
  return observeElementOffset(virtualizer, (offset, isScrolling) => {
    tell(offset, isScrolling && !isOpening);
    isOpening = false;
  });
};

/**
 * Hear how large the list is. To ask would have the page laid out once more for a size that lists seldom change: where it
 * is another than the last one's, its observer tells before anything is painted.
 */
const observeSize: typeof observeElementRect<HTMLDivElement> = (virtualizer, tell) => {
  const { scrollElement: list } = virtualizer;
  const last = lastSize();
  if (list === null || last.height === 0) return observeElementRect(virtualizer, tell);
  tell(last);
  const observer = new ResizeObserver(() => tell({ width: list.offsetWidth, height: list.offsetHeight }));
  observer.observe(list);
  return () => observer.disconnect();
};

function forget(sizes: Map<string | number | bigint, number>, rows: readonly Row[]): void {
  if (sizes.size < rows.length + STALE) return;
  const here = new Set<string | number | bigint>(rows.map(({ key }) => key));
  for (const key of sizes.keys()) if (!here.has(key)) sizes.delete(key);
}
