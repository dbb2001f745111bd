import { useRef } from "react";
import { arrival, entrance } from "../features/entrance/parts";
import { Waiting } from "../features/entrance/Waiting";
import { go, useRoute } from "../lib/history";
import { tellError } from "../lib/toasts";
import { useWatched } from "../lib/useWatched";
import { hasArrived } from "../model/arrival";
import type { Connection } from "../model/connection";
import type { Place } from "../model/place";
import type { Server } from "../model/server";
import type { Servers } from "../model/servers";
import { Late } from "../ui/Late";
import { Toasts } from "../ui/Toasts";
import { Shell } from "./Shell";
import { servers } from "./servers";
import { UpdateNotice } from "./UpdateNotice";

const statusOf = (connection: Connection) => connection.status;
const idOf = (place: Place) => place.you.id;
const listOf = (all: Servers) => all.list;

/** The whole page: one of the servers. */
export function App() {
  return (
    <>
      <UpdateNotice />
      <Inside />
    </>
  );
}

function Inside() {
  useWatched(servers, listOf);
  const server = servers.find(useRoute().server);
  return <OneServer key={server.key} server={server} />;
}

/** The door, or what is behind it. */
function OneServer({ server }: { server: Server }) {
  const status = useWatched(server.connection, statusOf);
  const isKnown = useWatched(server.connection.place, idOf) !== "";
  const isOutside = useIsOutside(server.connection);
  const { view } = useRoute();
  // A guest may become somebody else by the link that another device shows.
  const isGuestToBe = view.kind === "device" && server.connection.place.you.has_account !== true;
  if (isOutside || (isKnown && isGuestToBe)) {
    const onForget = server.key === "" ? undefined : () => forget(server);
    return (
      <>
        <Late part={entrance} props={{ server, status, onForget }} />
        <Toasts />
      </>
    );
  }
  if (!isKnown) return <Waiting server={server} status={status} />;
  return (
    <>
      <Late part={arrival} props={{ server }} />
      <Shell server={server} />
    </>
  );
}

/**
 * Whether one stands at the door: also while one comes in there, so that what was filled in is not lost, and what is
 * behind it is drawn once.
 */
function useIsOutside(connection: Connection): boolean {
  const { kind } = useWatched(connection, statusOf);
  const isIn = useWatched(connection, hasArrived);
  const isOutside = useRef(false);
  if (kind === "asking") isOutside.current = true;
  else if (isIn) isOutside.current = false;
  return isOutside.current;
}

function forget(server: Server): void {
  servers.remove(server).catch(tellError);
  go({ server: "", view: { kind: "home" } }, "replace");
}
