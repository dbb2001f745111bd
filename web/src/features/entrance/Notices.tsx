import type { ReactNode } from "react";
import { loadUpdate } from "../../lib/updates";
import { useSecondsUntil } from "../../lib/useSecondsUntil";
import type { Status } from "../../model/connection";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Entrance.module.css";

interface Props {
  server: Server;
  status: Status;
  /** What else there is to know, where there is a connection. */
  children?: ReactNode;
}

/** What whoever stands at the door should know before he fills anything in. */
export function Notices({ server, status, children }: Props) {
  const words = useWords();
  const seconds = useSecondsUntil(status.kind === "lost" ? status.retryAt : 0);
  if (status.kind === "lost")
    return (
      <p className={styles.notice} role="status">
        {words.arrival.offline(seconds)} {server.host && words.arrival.strangers(location.origin)}
      </p>
    );
  if (status.kind === "ended" || status.kind === "outdated")
    return (
      <div className={styles.notice} role="alert">
        <p>{status.sentence || words.connection.outdated}</p>
        {status.kind === "outdated" && (
          <Button onClick={() => void loadUpdate()}>{words.connection.reload}</Button>
        )}
      </div>
    );
  return children || <p role="status" className="visually-hidden" />;
}
