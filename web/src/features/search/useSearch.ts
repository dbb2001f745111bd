import { useCallback, useEffect, useRef, useState } from "react";
import { useWatched } from "../../lib/useWatched";
import type { Connection } from "../../model/connection";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { Hit } from "../../wire/kinds";

export type Order = "newest" | "best";

export interface Search {
  readonly hits: readonly Hit[];
  /** What brings more; empty where there is no more. */
  readonly cursor: string;
  /** Whether all that there is was looked through. */
  readonly isComplete: boolean;
  readonly isRunning: boolean;
  /** Why nothing was found out: a sentence of the server's, or that there is no connection. */
  readonly failure: RefusedError | DisconnectedError | undefined;
}

const NOTHING: Search = { hits: [], cursor: "", isComplete: true, isRunning: false, failure: undefined };
const PAGE = 30;

const isSettled = (connection: Connection) => connection.isSettled;

/** Look for something whenever it is something else; `more` brings the next page. */
export function useSearch(connection: Connection, text: string, order: Order) {
  const [search, setSearch] = useState(NOTHING);
  const run = useRef(0);
  const isThere = useWatched(connection, isSettled);

  const look = useCallback(
    async (before: Search) => {
      const current = ++run.current;
      setSearch({ ...before, isRunning: true, failure: undefined });
      const found = await ask(connection, text, order, before);
      if (run.current === current) setSearch(found);
    },
    [connection, text, order],
  );

  useEffect(() => {
    if (text === "") setSearch(NOTHING);
    // A page that has just been opened is about to have a connection.
    else if (!isThere && connection.status.kind !== "lost") setSearch({ ...NOTHING, isRunning: true });
    else void look(NOTHING);
    return () => {
      run.current++;
    };
  }, [text, look, isThere, connection]);

  return { search, more: () => void look(search), again: () => void look(NOTHING) };
}

async function ask(connection: Connection, text: string, order: Order, before: Search): Promise<Search> {
  const cursor = before.cursor ? { cursor: before.cursor } : {};
  try {
    const asked = { type: "find_messages", text, order, limit: PAGE, ...cursor } as const;
    const page = await connection.query(asked, "found");
    return {
      hits: [...before.hits, ...page.hits],
      cursor: page.cursor ?? "",
      isComplete: page.is_complete ?? true,
      isRunning: false,
      failure: undefined,
    };
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof DisconnectedError)) throw error;
    return { ...before, isRunning: false, failure: error };
  }
}

/** Return the hits room by room; the room of the first of them comes first. */
export function byRoom(hits: readonly Hit[]): readonly (readonly [room: string, hits: readonly Hit[]])[] {
  const rooms = new Map<string, Hit[]>();
  for (const hit of hits) rooms.set(hit.room, [...(rooms.get(hit.room) ?? []), hit]);
  return [...rooms];
}
