import { tellError } from "../../lib/toasts";
import type { Status } from "../../model/connection";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Entrance.module.css";
import { Notices } from "./Notices";

/** While whoever was here before comes in again; nothing is seen of it where that is quick. */
export function Waiting({ server, status }: { server: Server; status: Status }) {
  const words = useWords();
  const { connection } = server;
  return (
    <main className={styles.waiting}>
      <img src="/icon.svg" alt="" />
      <h1 className="visually-hidden">{words.general.name}</h1>
      {status.kind === "connecting" && <p role="status">{words.arrival.connecting(server.account.name)}</p>}
      <Notices server={server} status={status} />
      {(status.kind === "lost" || status.kind === "ended") && (
        <Button look="primary" onClick={() => connection.retryNow()}>
          {words.general.retry}
        </Button>
      )}
      <Button onClick={() => void server.logOut().catch(tellError)}>{words.arrival.someoneElse}</Button>
    </main>
  );
}
