import { useEffect, useState } from "react";
import { tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import type { Connection } from "../../model/connection";
import type { Server } from "../../model/server";
import { Dialog } from "../../ui/Dialog";
import { Spinner } from "../../ui/Spinner";
import type { HubRecord } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { fullTime } from "./times";
import { textOf } from "./useActions";
import styles from "./VersionsDialog.module.css";

const isOnlineNow = (connection: Connection) => connection.status.kind === "online";

/** What a message said before it was edited, the newest first; `rest` is its id. */
export default function VersionsDialog({
  server,
  rest,
  onClose,
}: {
  server: Server;
  rest: string;
  onClose: () => void;
}) {
  const words = useLateWords();
  const record = useMessage(server, rest);
  const versions = record?.note?.versions ?? [];
  return (
    <Dialog title={words.deeds.versions} onClose={onClose}>
      {record === undefined && <Spinner label={words.general.loading} />}
      {record && (
        <ol className={styles.versions} reversed>
          <li>
            <h3 className={styles.when}>
              {words.deeds.nowSince(fullTime(record.note?.edited_ms ?? record.time_ms))}
            </h3>
            <p className={styles.text} dir="auto">
              {textOf(record) ?? words.timeline.removed(record.event.name)}
            </p>
          </li>
          {versions.toReversed().map((version, place) => (
            <li key={`${version.time_ms} ${version.text}`}>
              <h3 className={styles.when}>
                {words.deeds.version(versions.length - place, fullTime(version.time_ms))}
              </h3>
              <p className={styles.text} dir="auto">
                {version.text}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}

/** Return a message with everything that became of it, once it is known. */
function useMessage(server: Server, id: string): HubRecord | undefined {
  const [record, setRecord] = useState<HubRecord>();
  const isOnline = useWatched(server.connection, isOnlineNow);

  useEffect(() => {
    if (!isOnline) return undefined;
    let isWanted = true;
    const found = server.connection.query({ type: "find_message", message: id }, "message_found");
    found.then((answer) => isWanted && setRecord(answer.record), tellError);
    return () => {
      isWanted = false;
    };
  }, [server, id, isOnline]);

  return record;
}
