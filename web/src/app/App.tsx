import { Entrance } from "../features/entrance/Entrance";
import { useRoute } from "../lib/history";
import { useWatched } from "../lib/useWatched";
import type { Connection } from "../model/connection";
import type { Servers } from "../model/servers";
import { Shell } from "./Shell";
import { servers } from "./servers";

const statusOf = (connection: Connection) => connection.status;
const listOf = (all: Servers) => all.list;

/** The whole page: the door, or what is behind it. */
export function App() {
  useWatched(servers, listOf);
  const server = servers.find(useRoute().server);
  const status = useWatched(server.connection, statusOf);
  const isIn = server.connection.place.you.id !== "" && status.kind !== "asking";
  return isIn ? (
    <Shell key={server.key} server={server} />
  ) : (
    <Entrance key={server.key} server={server} status={status} />
  );
}
