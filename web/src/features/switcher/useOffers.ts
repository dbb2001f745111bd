import { useEffect, useMemo, useState } from "react";
import { useWatched } from "../../lib/useWatched";
import { visitsOf } from "../../lib/visits";
import type { Place } from "../../model/place";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { Server } from "../../model/server";
import type { AnswerOf } from "../../wire/kinds";
import { choose, type Found, offersElsewhere, offersIn, offersOfCommands } from "./offers";

const versionOf = (place: Place) => place.version;

/** Return what one may mean by what was written. */
export function useOffers(
  server: Server,
  written: string,
  commands: Readonly<Record<string, string>>,
): readonly Found[] {
  const { place } = server.connection;
  const version = useWatched(place, versionOf);
  const elsewhere = useElsewhere(server);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says when something in the place is another
  const offers = useMemo(
    () => [
      ...offersIn(place, visitsOf(server.key)),
      ...offersElsewhere(elsewhere),
      ...offersOfCommands(commands),
    ],
    [server, place, version, elsewhere, commands],
  );
  return useMemo(() => choose(offers, written), [offers, written]);
}

type Rooms = AnswerOf<"room_list">["rooms"];

function useElsewhere({ connection }: Server): Rooms {
  const [rooms, setRooms] = useState<Rooms>([]);
  useEffect(() => {
    let isCurrent = true;
    connection
      .query({ type: "list_rooms" }, "room_list")
      .then((answer) => isCurrent && setRooms(answer.rooms))
      .catch((error: unknown) => {
        // Without a connection there is what is known here, which is what one wants most.
        if (!(error instanceof DisconnectedError || error instanceof RefusedError)) throw error;
      });
    return () => {
      isCurrent = false;
    };
  }, [connection]);
  return rooms;
}
