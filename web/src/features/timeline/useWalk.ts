import { type FocusEvent, type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { makeOneStop } from "../../lib/oneStop";
import type { Row } from "./rows";
import { type List, rangeSeen } from "./useList";
import type { Align } from "./useStay";
import { walk } from "./walking";

/** What of a row has the focus. */
export const STOP = "[data-stop]";

/** Let arrows, j and k, Home, End and pages lead from row to row; `activate` remembers which has the focus. */
export function useWalk(
  rows: readonly Row[],
  { virtualizer, scroller, toRow }: List,
  active: number,
  activate: (key: string) => void,
  toNow: () => void,
) {
  const wanted = useRef("");

  useEffect(() => (scroller.current ? makeOneStop(scroller.current) : undefined), [scroller]);

  const goTo = useCallback(
    (index: number, align: Align) => {
      const row = rows[index];
      if (row === undefined) return;
      wanted.current = row.key;
      activate(row.key);
      toRow(index, align);
    },
    [rows, toRow, activate],
  );

  // Each time, until the row is there.
  useLayoutEffect(() => {
    if (wanted.current === "") return;
    const stop = virtualizer.elementsCache.get(wanted.current)?.querySelector<HTMLElement>(STOP);
    if (!stop) return;
    wanted.current = "";
    stop.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const { target, key } = event;
    const isOnRow = isStop(target);
    if ((!isOnRow && target !== scroller.current) || hasModifier(event)) return;
    if (key === "Escape") toComposer();
    const { startIndex: first, endIndex: last } = rangeSeen(virtualizer);
    step(event, walk(key, rows, { active: isOnRow ? active : -1, first, last }));
  };

  function step(event: KeyboardEvent, next: number | undefined) {
    if (next === undefined) return;
    event.preventDefault();
    if (event.key === "End") toNow();
    goTo(next, "auto");
  }

  const onFocus = ({ target }: FocusEvent<HTMLDivElement>) => {
    const index = Number(target.closest("[data-index]")?.getAttribute("data-index") ?? -1);
    if (isStop(target)) activate(rows[index]?.key ?? "");
  };
  return { goTo, onKeyDown, onFocus };
}

function toComposer(): void {
  document.getElementById("composer")?.focus();
}

function isStop(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.matches(STOP);
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
}
