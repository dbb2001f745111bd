import { useEffect, useRef } from "react";
import { currentRoute, go, useRoute } from "../../lib/history";
import type { View } from "../../lib/routes";
import { tell, tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import type { Connection } from "../../model/connection";
import type { Server } from "../../model/server";
import { words } from "../../words/words";
import { isTaken } from "./taken";
import { type DoorLink, linkOf } from "./ways";

const isSettledOf = (connection: Connection) => connection.isSettled;

/** What is done once one is in: links have done what they are for, and the room of the address is gone into. */
export function Arrival({ server }: { server: Server }) {
  const { view } = useRoute();
  const isSettled = useWatched(server.connection, isSettledOf);
  const hasArrived = useRef(false);

  useEffect(() => {
    // Once: whoever leaves a room must not come back into it by its address.
    if (!isSettled || hasArrived.current) return;
    hasArrived.current = true;
    const arrived = currentRoute().view;
    if (arrived.kind === "room" && arrived.name.startsWith("#")) void enter(server, arrived.name);
  }, [server, isSettled]);

  useEffect(() => {
    const link = linkOf(view);
    if (isSettled && link !== undefined) follow(server, link);
  }, [server, isSettled, view]);

  return null;
}

function follow(server: Server, link: DoorLink): void {
  const { name, has_account: hasAccount } = server.connection.place.you;
  const view: View = { kind: "home" };
  if (link.kind === "claim") {
    go({ view, dialog: isTaken(link.code) ? "welcome" : `claim/${link.code}` }, "replace");
  } else if (isTaken(link.code)) {
    go({ view }, "replace");
    tell(words().arrival.loggedIn(name));
  } else if (hasAccount) {
    go({ view }, "replace");
    tell(words().arrival.alreadyIn(name));
  } else if (link.kind === "invitation") go({ view, dialog: `register/${link.code}` }, "replace");
}

/** Come into a room that there is; one that there is not is not made because somebody has mistyped its name. */
async function enter(server: Server, room: string): Promise<void> {
  const { connection } = server;
  if (connection.place.find(room)) return;
  try {
    await connection.ask({ type: "find_room", room });
    await connection.ask({ type: "join", room });
  } catch (error) {
    // The page itself says that one is not in it, and offers to begin it.
    const isMissing = error instanceof Error && "code" in error && error.code === "no_such_room";
    if (!isMissing) tellError(error);
  }
}
