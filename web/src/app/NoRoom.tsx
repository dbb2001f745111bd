import { Elsewhere } from "../features/timeline/Elsewhere";
import { go } from "../lib/history";
import type { View } from "../lib/routes";
import { tellError } from "../lib/toasts";
import { useWatched } from "../lib/useWatched";
import type { Connection } from "../model/connection";
import type { Server } from "../model/server";
import { Button } from "../ui/Button";
import { Spinner } from "../ui/Spinner";
import { useWords } from "../words/words";
import styles from "./NoRoom.module.css";

const isSettled = (connection: Connection) => connection.isSettled;

/** Stands in the place of a room that one is not in: comes in, if one wants that. */
export default function NoRoom({ server, view }: { server: Server; view: View }) {
  const words = useWords().general;
  const isKnown = useWatched(server.connection, isSettled);
  if (view.kind === "message") return <Elsewhere key={view.id} server={server} id={view.id} />;
  if (!isKnown) return <Spinner label={words.loading} />;
  const name = view.kind === "room" ? view.name : "";
  return (
    <div className={styles.empty}>
      <h1 className={styles.title} dir="auto">
        {name || words.noRoom}
      </h1>
      {name && <p className={styles.hint}>{words.outside}</p>}
      <div className={styles.acts}>
        {name && (
          <Button
            look="primary"
            onClick={() => void server.connection.ask({ type: "join", room: name }).catch(tellError)}
          >
            {words.join(name)}
          </Button>
        )}
        <Button onClick={() => go({ dialog: "switch" })}>{words.elsewhere}</Button>
      </div>
    </div>
  );
}
