import { Entrance } from "../features/entrance/Entrance";
import { useWatched } from "../lib/useWatched";
import type { Connection } from "../model/connection";
import { Shell } from "./Shell";
import { home } from "./servers";

const statusOf = (connection: Connection) => connection.status;

/** The whole page: the door, or what is behind it. */
export function App() {
  const status = useWatched(home.connection, statusOf);
  const isIn = home.connection.place.you.id !== "" && status.kind !== "asking";
  return isIn ? <Shell server={home} /> : <Entrance server={home} status={status} />;
}
