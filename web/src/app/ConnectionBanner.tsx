import { useEffect, useState } from "react";
import { useWatched } from "../lib/useWatched";
import type { Connection } from "../model/connection";
import { Button } from "../ui/Button";
import { useWords } from "../words/words";
import styles from "./ConnectionBanner.module.css";

const statusOf = (connection: Connection) => connection.status;

/** Says that there is no connection, and when it is tried again. */
export function ConnectionBanner({ connection }: { connection: Connection }) {
  const words = useWords();
  const status = useWatched(connection, statusOf);
  const seconds = useSecondsUntil(status.kind === "lost" ? status.retryAt : 0);
  if (status.kind !== "lost" && status.kind !== "ended") return <div role="status" />;
  return (
    <div role="status" className={styles.banner}>
      <span>
        {status.sentence} {status.kind === "lost" && words.general.lost(seconds)}
      </span>
      <Button onClick={() => connection.retryNow()}>{words.general.retry}</Button>
    </div>
  );
}

function useSecondsUntil(time: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (time === 0) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [time]);
  return Math.max(0, Math.ceil((time - now) / 1_000));
}
