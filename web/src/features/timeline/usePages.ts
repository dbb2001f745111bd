import { useCallback, useEffect, useRef, useState } from "react";
import { useWatched } from "../../lib/useWatched";
import type { Connection } from "../../model/connection";
import { DisconnectedError, RefusedError } from "../../model/questions";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { List } from "./useList";
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
  const drawn = virtualizer.getVirtualItems();
  const first = virtualizer.range?.startIndex ?? 0;
  const last = drawn.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a page may bring no row, and then the next one is needed
  useEffect(() => {
    if (!isOnline) return;
    if (!isFromStart && first < AHEAD && older.state === IDLE) older.load();
    if (isPast && last > rows.length - AHEAD && newer.state === IDLE) newer.load();
  }, [isOnline, isFromStart, isPast, first, last, rows.length, records, older.state, newer.state]);
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
