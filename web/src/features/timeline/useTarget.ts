import { useCallback, useEffect, useLayoutEffect, useState } from "react";
import { tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import { DisconnectedError } from "../../model/refusals";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { isOnlineOf } from "./usePages";
import type { Rows } from "./useRows";

interface Goal {
  readonly seq: number;
  readonly align: "center" | "start";
}

/**
 * Lead to a message: that of the address, or one that is jumped to. `arrive` is called with its row as soon as that is
 * there. Tells whether the message of the address is gone.
 */
export function useTarget(
  server: Server,
  room: Room,
  target: number | undefined,
  { rows, records }: Rows,
  arrive: (index: number, align: Goal["align"]) => void,
) {
  const isOnline = useWatched(server.connection, isOnlineOf);
  const [goal, setGoal] = useState<Goal>();
  const [isGone, setIsGone] = useState(false);

  const lead = useCallback(
    async (seq: number, align: Goal["align"]): Promise<boolean> => {
      try {
        const isThere = await server.reading.loadAround(room, seq);
        setGoal({ seq, align });
        return isThere;
      } catch (error) {
        if (!(error instanceof DisconnectedError)) tellError(error);
        return true;
      }
    },
    [server, room],
  );

  useEffect(() => {
    setIsGone(false);
    if (target === undefined || !(isOnline || room.shown.indexOf(target) >= 0)) return undefined;
    let isOver = false;
    void lead(target, "center").then((isThere) => {
      if (!isOver) setIsGone(!isThere);
    });
    return () => {
      isOver = true;
    };
  }, [target, isOnline, lead, room]);

  useLayoutEffect(() => {
    if (goal === undefined || room.shown.records !== records) return;
    const index = rows.findIndex((row) => row.seq >= goal.seq);
    if (index >= 0) arrive(index, goal.align);
    setGoal(undefined);
  }, [goal, rows, records, room, arrive]);
  return { isGone, lead };
}
