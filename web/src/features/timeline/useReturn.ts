import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { List } from "./useList";
import type { Rows } from "./useRows";

/** Which record stood on top where somebody was reading back in a room when he went elsewhere. */
const places = new WeakMap<Room, number>();

/** Return where to go on reading in a room; `undefined` where it is opened at its end, because there is something new. */
export function usePlaceOf(room: Room, target: number | undefined): number | undefined {
  const [place] = useState(() =>
    target === undefined && room.unread.count === 0 ? places.get(room) : undefined,
  );
  return place;
}

/** Lead to that place, and remember the next one when somebody goes. */
export function useReturn(
  server: Server,
  room: Room,
  place: number | undefined,
  shown: Rows,
  list: List,
  isAtNow: boolean,
) {
  const [goal, setGoal] = useState(place);
  const { rows, records } = shown;
  useEffect(() => {
    // Where it cannot be brought, there is the end.
    if (place !== undefined) server.reading.loadAround(room, place).catch(() => setGoal(undefined));
  }, [server, room, place]);
  useLayoutEffect(() => {
    if (goal === undefined || room.shown.records !== records || room.shown.indexOf(goal) < 0) return;
    const index = rows.findIndex((row) => row.seq >= goal);
    if (index >= 0) list.toRow(index, "start");
    setGoal(undefined);
  }, [goal, rows, records, room, list]);

  const latest = useRef({ rows, list, isAtNow });
  useLayoutEffect(() => {
    latest.current = { rows, list, isAtNow };
  });
  useLayoutEffect(
    () => () => {
      const { rows, list, isAtNow } = latest.current;
      const seq = isAtNow ? undefined : topOf(rows, list);
      if (seq === undefined) places.delete(room);
      else places.set(room, seq);
    },
    [room],
  );
}

/** The first row that is seen as a whole and is stored. */
function topOf(rows: Rows["rows"], { virtualizer }: List): number | undefined {
  const top = virtualizer.scrollOffset ?? 0;
  const first = virtualizer.getVirtualItems().find(({ start, index }) => start >= top && rows[index]?.seq);
  return first && rows[first.index]?.seq;
}
