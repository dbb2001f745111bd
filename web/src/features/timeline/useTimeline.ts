import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { currentRoute, go } from "../../lib/history";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { NewLine } from "./newLine";
import {
  useHold,
  useNewBelow,
  useNewLine,
  useOnSending,
  usePageVisible,
  useReadMark,
  useSettled,
} from "./useAttention";
import { type List, rangeSeen, useList } from "./useList";
import { usePages } from "./usePages";
import { usePlaceOf, useReturn } from "./useReturn";
import { type Rows, useRows } from "./useRows";
import { useTarget } from "./useTarget";
import { useWalk } from "./useWalk";

/** Everything that a list of what was said does: put together here, each part in a hook of its own. */
export function useTimeline(server: Server, room: Room, target: number | undefined) {
  const isVisible = usePageVisible();
  const place = usePlaceOf(room, target);
  const beginsAtEnd = target === undefined && place === undefined;
  const [isAtNow, setIsAtNow] = useState(beginsAtEnd);
  const isSettled = useSettled(server);
  const isWatching = isAtNow && isVisible && isSettled;
  const { line, erase } = useNewLine(room, isWatching, isSettled);
  const shown = useRows(server, room, line.after);
  const { rows, isPast } = shown;

  const [activeKey, activate] = useState("");
  const active = useMemo(
    () => (activeKey === "" ? -1 : rows.findIndex(({ key }) => key === activeKey)),
    [rows, activeKey],
  );
  const list = useList(rows, isPast, active, beginsAtEnd);
  const { isAtEnd, toEnd } = list;
  useLayoutEffect(() => setIsAtNow(isAtEnd && !isPast), [isAtEnd, isPast]);

  const toNow = useCallback(() => {
    if (currentRoute().view.kind === "message") go({ view: { kind: "room", name: room.name } }, "replace");
    if (room.past) room.show(undefined);
    toEnd();
  }, [room, toEnd]);
  const { goTo, onKeyDown, onFocus } = useWalk(rows, list, active, activate, toNow);
  const { isGone, lead } = useTarget(server, room, target, shown, goTo);
  useReturn(server, room, place, shown, list, isAtNow);
  const { older, newer } = usePages(server, room, shown, list);

  useHold(room, isAtNow);
  useReadMark(server, room, isWatching);
  useOnSending(shown.outgoing.length, () => {
    erase();
    server.reading.goOn(room);
    toNow();
  });
  const newBelow = useNewBelow(server, room, isWatching);
  const sinceMs = useUnreadAbove(line, shown, list);
  const unreadAbove = sinceMs === undefined ? undefined : { line, sinceMs };
  const toUnread = () => void lead((line.after ?? 0) + 1, "start");
  return {
    ...{ rows, list, older, newer, isGone, isAtNow, newBelow, unreadAbove },
    ...{ toNow, toUnread, erase, onKeyDown, onFocus },
  };
}

/** Return since when there is something unread above what is seen, until that was seen; 0 where nobody knows since when. */
function useUnreadAbove(line: NewLine, { rows, records, isFromStart }: Rows, list: List): number | undefined {
  const [seen, setSeen] = useState(-1);
  const index = useMemo(() => rows.findIndex(({ isFirstNew }) => isFirstNew), [rows]);
  const { startIndex: first } = rangeSeen(list.virtualizer);
  const isInView = useIsPlaced() && index >= 0 && index >= first;
  const { after } = line;
  useLayoutEffect(() => {
    if (isInView && after !== undefined) setSeen(after);
  }, [isInView, after]);
  if (after === undefined || after === seen || isInView) return undefined;
  const isKnown = isFromStart || (records[0]?.seq ?? 0) <= after + 1;
  if (index < 0) return isKnown ? undefined : 0;
  return rows[index]?.timeMs ?? 0;
}

/** Whether the list stands where it begins: it is drawn once before it can be scrolled. */
function useIsPlaced(): boolean {
  const [isPlaced, setIsPlaced] = useState(false);
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setIsPlaced(true));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return isPlaced;
}
