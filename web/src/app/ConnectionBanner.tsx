import { WifiOff } from "lucide-react";
import { useEffect, useRef } from "react";
import { tell } from "../lib/toasts";
import { loadUpdate } from "../lib/updates";
import { useSecondsUntil } from "../lib/useSecondsUntil";
import { useWatched } from "../lib/useWatched";
import type { Connection } from "../model/connection";
import { Button } from "../ui/Button";
import { useWords } from "../words/words";
import styles from "./ConnectionBanner.module.css";

const statusOf = (connection: Connection) => connection.status;

/** Says that there is no connection and when it is tried again; and once it is there again, that it is. */
export function ConnectionBanner({ connection }: { connection: Connection }) {
  const words = useWords();
  const status = useWatched(connection, statusOf);
  const seconds = useSecondsUntil(status.kind === "lost" ? status.retryAt : 0);
  useReturnTold(connection);
  const isOver = status.kind === "ended" || status.kind === "outdated";
  if (status.kind !== "lost" && !isOver) return <div role="status" />;
  return (
    <div className={styles.banner} data-over={isOver}>
      <WifiOff size={18} aria-hidden />
      <p className={styles.told}>
        <span role="status">{sentenceOf(status, words)}</span>
        {status.kind === "lost" && (
          // Whoever hears the page is not told every second.
          <span className={styles.countdown} aria-hidden>
            {seconds > 0 ? words.general.againIn(seconds) : words.general.tryingAgain}
          </span>
        )}
      </p>
      {status.kind === "outdated" ? (
        <Button onClick={() => void loadUpdate()}>{words.connection.reload}</Button>
      ) : (
        <Button onClick={() => connection.retryNow()}>{words.general.retry}</Button>
      )}
    </div>
  );
}

type Status = Connection["status"];

function sentenceOf(status: Status, words: ReturnType<typeof useWords>): string {
  if ("sentence" in status && status.sentence) return status.sentence;
  if (status.kind === "outdated") return words.connection.outdated;
  return navigator.onLine ? words.general.noConnection : words.connection.offline;
}

/** How long a connection is lost before its return is worth a word: less than that, nobody has noticed. */
const NOTICED_MS = 2_000;

function useReturnTold(connection: Connection): void {
  const words = useWords().general;
  const lostAt = useRef(0);
  useEffect(
    () =>
      connection.subscribe(() => {
        const { kind } = connection.status;
        if (kind === "lost" && lostAt.current === 0) lostAt.current = Date.now();
        if (kind !== "online" || lostAt.current === 0) return;
        if (Date.now() - lostAt.current >= NOTICED_MS) tell(words.onlineAgain);
        lostAt.current = 0;
      }),
    [connection, words],
  );
}
