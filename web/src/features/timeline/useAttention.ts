import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { useWatched } from "../../lib/useWatched";
import type { Connection } from "../../model/connection";
import { isMessage } from "../../model/revising";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { draw, follow, NO_LINE } from "./newLine";

const unreadOf = (room: Room) => room.unread;
const isUnreadOf = (room: Room) => room.unread.count > 0;
const lastOf = (room: Room) => room.timeline.last?.seq ?? 0;

/** More than these are not counted. */
const MOST_COUNTED = 1_000;

/** Whether the page can be seen at all. */
export function usePageVisible(): boolean {
  return useSyncExternalStore(
    (listener) => {
      document.addEventListener("visibilitychange", listener);
      return () => document.removeEventListener("visibilitychange", listener);
    },
    () => document.visibilityState === "visible",
  );
}

const isSettledOf = (connection: Connection) => connection.isSettled;

/** Whether what is unread is known: after an earlier visit, or without a connection, it may long be read elsewhere. */
export function useSettled(server: Server): boolean {
  return useWatched(server.connection, isSettledOf);
}

/** Return the line above what is new, and how to take it away. */
export function useNewLine(room: Room, isWatching: boolean, isSettled: boolean) {
  const unread = useWatched(room, unreadOf, "frame");
  const [line, setLine] = useState(() => (isSettled ? draw(room.unread) : NO_LINE));
  const wasSettled = useRef(isSettled);
  useLayoutEffect(() => {
    // What was missed meanwhile nobody has seen come.
    const isSeen = isWatching && wasSettled.current;
    wasSettled.current = isSettled;
    if (isSettled) setLine((line) => follow(line, unread, isSeen));
  }, [unread, isWatching, isSettled]);
  return { line, erase: () => setLine(NO_LINE) };
}

/** Whoever sees the end has read everything. */
export function useReadMark(server: Server, room: Room, isWatching: boolean): void {
  const isUnread = useWatched(room, isUnreadOf, "frame");
  // Not after a frame: whoever has left the page gets none, and would go on reading what comes.
  useLayoutEffect(() => {
    if (!isWatching) return undefined;
    const { reading } = server;
    const last = lastOf(room);
    if (isUnread && last > 0) reading.readAlong(room, last);
    return server.connection.place.onRecord((where, record) => {
      if (where === room && isMessage(record.event)) reading.readAlong(room, record.seq);
    });
  }, [server, room, isWatching, isUnread]);
  useEffect(() => () => server.reading.goOn(room), [server, room]);
}

/** Return how many messages of others have come since one saw the end. */
export function useNewBelow(server: Server, room: Room, isWatching: boolean): number {
  const last = useWatched(room, lastOf, "frame");
  const seen = useRef(last);
  useEffect(() => {
    if (isWatching) seen.current = last;
  }, [isWatching, last]);
  if (isWatching || last <= seen.current) return 0;
  const { records } = room.timeline;
  const you = server.connection.place.you.id;
  let count = 0;
  for (let at = records.length - 1; at >= 0 && count < MOST_COUNTED; at -= 1) {
    const record = records[at];
    if (record === undefined || record.seq <= seen.current) break;
    if (isMessage(record.event) && record.event.author !== you) count += 1;
  }
  return count;
}

/** Keep what one reads back through, and let go of it when one goes. */
export function useHold(room: Room, isAtNow: boolean): void {
  useEffect(() => {
    room.timeline.hold(!isAtNow && room.past === undefined);
  }, [room, isAtNow]);
  useEffect(
    () => () => {
      room.timeline.hold(false);
      if (room.past) room.show(undefined);
    },
    [room],
  );
}

/** Call `then` whenever there is more that one has just written oneself. */
export function useOnSending(outgoing: number, then: () => void): void {
  const before = useRef(outgoing);
  const latest = useRef(then);
  latest.current = then;
  useLayoutEffect(() => {
    if (outgoing > before.current) latest.current();
    before.current = outgoing;
  }, [outgoing]);
}
