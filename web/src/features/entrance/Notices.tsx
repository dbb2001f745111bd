import { loadUpdate } from "../../lib/updates";
import { useSecondsUntil } from "../../lib/useSecondsUntil";
import type { Status } from "../../model/connection";
import type { Server } from "../../model/server";
import type { ServerFacts } from "../../model/session";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Entrance.module.css";

interface Props {
  server: Server;
  status: Status;
  facts: ServerFacts | undefined;
  /** Whether what is filled in has a password in it. */
  asksPassword: boolean;
}

/** What whoever stands at the door should know before he fills anything in. */
export function Notices({ server, status, facts, asksPassword }: Props) {
  const words = useWords();
  const seconds = useSecondsUntil(status.kind === "lost" ? status.retryAt : 0);
  if (status.kind === "lost")
    return (
      <p className={styles.notice} role="status">
        {words.entrance.offline(seconds)} {server.host && words.entrance.strangers(location.origin)}
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
  if (asksPassword && facts?.passwords === false) return <Unsafe />;
  return <p role="status" className="visually-hidden" />;
}

/** In clear text, from another machine: what to do instead. */
function Unsafe() {
  const words = useWords().entrance;
  const safe = new URL(location.href);
  safe.protocol = "https:";
  return (
    <div className={styles.notice} role="alert">
      <p>{words.unsafe}</p>
      <p>
        <a href={safe.href}>{words.goEncrypted}</a>
      </p>
      <p className={styles.small}>{words.unsafeHint}</p>
    </div>
  );
}
