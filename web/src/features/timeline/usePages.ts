import { useCallback, useEffect, useRef, useState } from "react";
import { useWatched } from "../../lib/useWatched";
import type { Connection } from "../../model/connection";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { type List, rangeSeen } from "./useList";
import type { Rows } from "./useRows";

/** So many rows before an end of what is here, more of it is asked for. */
const AHEAD = 30;

export type PageState = { kind: "idle" } | { kind: "loading" } | { kind: "failed"; reason: string };

const IDLE: PageState = { kind: "idle" };

export interface Page {
  readonly state: PageState;
  load(): void;
}

export const isOnlineOf = (connection: Connection) => connection.status.kind === "online";

/** Bring pages as one comes near to where they would be. */
export function usePages(server: Server, room: Room, shown: Rows, { virtualizer }: List) {
  const isOnline = useWatched(server.connection, isOnlineOf);
  const older = usePage(() => server.reading.loadOlder(room));
  const newer = usePage(() => server.reading.loadNewer(room));
  const { rows, records, isPast, isFromStart } = shown;
  const { startIndex, endIndex } = rangeSeen(virtualizer);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a page may bring no row, and then the next one is needed
  useEffect(() => {
    if (!isOnline) return;
    // Not as they were drawn: a page has just come, and the list was put where it was before.
    const last = virtualizer.getVirtualItems().at(-1)?.index ?? 0;
    const { startIndex: first } = rangeSeen(virtualizer);
    if (!isFromStart && first < AHEAD && older.state === IDLE) older.load();
    if (isPast && last > rows.length - AHEAD && newer.state === IDLE) newer.load();
  }, [
    isOnline,
    isFromStart,
    isPast,
    startIndex,
    endIndex,
    rows.length,
    records,
    older.state,
    newer.state,
    virtualizer,
  ]);
  return { older, newer };
}

function usePage(bring: () => Promise<void>): Page {
  const [state, setState] = useState<PageState>(IDLE);
  const latest = useRef(bring);
  latest.current = bring;
  const load = useCallback(() => {
    setState({ kind: "loading" });
    latest.current().then(
      () => setState(IDLE),
      (error: unknown) => {
        // It is asked for again once there is a connection.
        if (error instanceof DisconnectedError) setState(IDLE);
        else if (error instanceof RefusedError) setState({ kind: "failed", reason: error.message });
        else throw error;
      },
    );
  }, []);
  return { state, load };
}
