import { useMemo, useState } from "react";
import { useWatched } from "../../lib/useWatched";
import type { Outbox, Outgoing } from "../../model/outbox";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { HubRecord } from "../../wire/kinds";
import { build, NOTHING_BUILT, type Row, withOutgoing } from "./rows";

const recordsOf = (room: Room) => room.shown.records;
const isFromStartOf = (room: Room) => room.shown.reachesStart;
const isPastOf = (room: Room) => room.past !== undefined;
const nameOf = (room: Room) => room.name;
const entriesOf = (outbox: Outbox) => outbox.entries;

export interface Rows {
  readonly rows: readonly Row[];
  readonly records: readonly HubRecord[];
  /** Whether it is a place in the past, which what is new is not added to. */
  readonly isPast: boolean;
  readonly isFromStart: boolean;
  /** Messages of one's own that are not stored yet. */
  readonly outgoing: readonly Outgoing[];
}

/** Return the rows of a room as it is looked at, made anew at some frames for what others do. */
export function useRows(server: Server, room: Room, newAfter: number | undefined): Rows {
  const { place, outbox } = server.connection;
  const records = useWatched(room, recordsOf, "frame");
  const isFromStart = useWatched(room, isFromStartOf, "frame");
  const isPast = useWatched(room, isPastOf, "frame");
  const name = useWatched(room, nameOf);
  // What one has written oneself is there in the next frame, not begun in it.
  const entries = useWatched(outbox, entriesOf);
  const [kept] = useState(() => ({ built: NOTHING_BUILT, nonces: new Set<string>() }));

  const outgoing = useMemo(() => {
    const here = entries.filter((entry) => entry.room === name);
    for (const entry of here) kept.nonces.add(entry.nonce);
    return here;
  }, [entries, name, kept]);

  const you = place.you;
  // A line above what is new stands where it does only if what is before it is known.
  const isKnown = isFromStart || (newAfter !== undefined && (records[0]?.seq ?? 0) <= newAfter + 1);
  const shownAfter = isKnown ? newAfter : undefined;
  const terms = useMemo(
    () => ({ you: you.id, newAfter: shownAfter, nonces: kept.nonces, isFromStart }),
    [you.id, shownAfter, kept, isFromStart],
  );
  const rows = useMemo(() => {
    kept.built = build(records, terms, kept.built);
    return isPast ? kept.built.rows : withOutgoing(kept.built.rows, outgoing, room.id, you);
  }, [records, terms, outgoing, isPast, room.id, you, kept]);
  return { rows, records, isPast, isFromStart, outgoing };
}
