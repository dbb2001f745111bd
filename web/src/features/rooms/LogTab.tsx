import { useCallback } from "react";
import { useAsked } from "../../lib/useAsked";
import { deedsIn } from "../../model/audit";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Log } from "../../ui/Log";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";
import styles from "./Setting.module.css";

/** How much of all one's rooms' audit is looked through. */
const LIMIT = 500;

/** What those who look after a room have done there. */
export function LogTab({ server, room }: { server: Server; room: Room }) {
  const words = useLateWords();
  const { connection } = server;
  const ask = useCallback(async () => {
    const trail = await connection.query({ type: "find_audit", limit: LIMIT }, "audit_trail");
    const here = trail.records.filter(({ event }) => event.type === "audited" && event.room === room.id);
    return deedsIn(here).map((deed) => ({ ...deed, room: "" }));
  }, [connection, room]);
  const { value, problem, again } = useAsked(ask);
  if (problem) return <p role="alert">{problem}</p>;
  if (value === undefined) return <Spinner label={words.general.loading} />;
  return (
    <div className={styles.group}>
      <p className={styles.soft}>
        {value.length === 0 ? words.governing.logEmpty : words.governing.logMeaning}
      </p>
      <Log label={words.governing.tabs.log} entries={value} />
      <div className={styles.buttons}>
        <Button onClick={again}>{words.governing.reload}</Button>
      </div>
    </div>
  );
}
