import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { onGesture } from "./gestures";
import type { Row } from "./rows";

/** Where in the window a row is to stand; `auto` where it stands, if it can be seen there. */
export type Align = "auto" | "center" | "start";

interface Scrollable {
  scrollToIndex(index: number, options: { align: Align }): void;
}

/**
 * Lead to a row, and stay there until somebody scrolls, or until `leave`. The virtualizer goes on towards a row's place
 * for a while, and a page that comes meanwhile puts another row there.
 */
export function useStay(
  rows: readonly Row[],
  virtualizer: Scrollable,
  scroller: RefObject<HTMLElement | null>,
) {
  const stay = useRef<{ key: string; index: number; align: Align }>(undefined);
  const toRow = useCallback(
    (index: number, align: Align) => {
      stay.current = { key: rows[index]?.key ?? "", index, align };
      virtualizer.scrollToIndex(index, { align });
    },
    [rows, virtualizer],
  );
  const leave = useCallback(() => {
    stay.current = undefined;
  }, []);

  useLayoutEffect(() => {
    const at = stay.current;
    if (at === undefined || rows[at.index]?.key === at.key) return;
    const index = rows.findIndex(({ key }) => key === at.key);
    stay.current = index < 0 ? undefined : { ...at, index };
    if (index >= 0) virtualizer.scrollToIndex(index, { align: at.align });
  }, [rows, virtualizer]);
  useEffect(() => (scroller.current ? onGesture(scroller.current, leave) : undefined), [scroller, leave]);
  return { toRow, leave };
}
