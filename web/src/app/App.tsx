import { Entrance } from "../features/entrance/Entrance";
import { useRoute } from "../lib/history";
import { useWatched } from "../lib/useWatched";
import type { Connection } from "../model/connection";
import type { Servers } from "../model/servers";
import { ConnectionBanner } from "./ConnectionBanner";
import { Shell } from "./Shell";
import { servers } from "./servers";
import { UpdateNotice } from "./UpdateNotice";

const statusOf = (connection: Connection) => connection.status;
const listOf = (all: Servers) => all.list;

/** The whole page: the door, or what is behind it. */
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
  const status = useWatched(server.connection, statusOf);
  if (status.kind === "asking") return <Entrance key={server.key} server={server} status={status} />;
  if (server.connection.place.you.id !== "") return <Shell key={server.key} server={server} />;
  // Whoever was here before does not need the door, but to be patient.
  if (server.isRemembered) return <ConnectionBanner connection={server.connection} />;
  return <Entrance key={server.key} server={server} status={status} />;
}
