import { useCallback, useEffect, useState } from "react";
import { useAsked } from "../../lib/useAsked";
import { type Deed, deedsIn } from "../../model/audit";
import type { Server } from "../../model/server";
import { Log } from "../../ui/Log";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";
import styles from "./admin.module.css";

/** How many of the last are shown. */
const LIMIT = 200;
const NONE: readonly Deed[] = [];

/** What administrators and moderators did, and do at this moment. */
export function AuditTab({ server }: { server: Server }) {
  const words = useLateWords();
  const { connection } = server;
  const ask = useCallback(async () => {
    // First this, so that nothing that is done meanwhile is missed.
    await connection.ask({ type: "watch_audit" });
    return deedsIn((await connection.query({ type: "find_audit", limit: LIMIT }, "audit_trail")).records);
  }, [connection]);
  const { value, problem, again } = useAsked(ask);
  const live = useLive(server, again);
  if (problem) return <p role="alert">{problem}</p>;
  if (value === undefined) return <Spinner label={words.general.loading} />;
  return (
    <div className={styles.group}>
      <p role="status" className={styles.soft}>
        {words.admin.auditMeaning(live)}
      </p>
      <Log label={words.admin.tabs.audit} entries={value ?? NONE} />
    </div>
  );
}

/** Look again whenever something is done; tells how often that was. */
function useLive(server: Server, again: () => void): number {
  const { connection } = server;
  const [count, setCount] = useState(0);
  useEffect(() => {
    const stop = connection.place.onSignal((signal) => {
      if (signal.type !== "auditing") return;
      setCount((before) => before + 1);
      again();
    });
    return () => {
      stop();
      // Whoever has no connection is told nothing anyway.
      connection.ask({ type: "watch_audit", is_watching: false }).catch(() => undefined);
    };
  }, [connection, again]);
  return count;
}
