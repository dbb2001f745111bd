import type { MessageProps } from "../../model/message";
import { isMessage } from "../../model/revising";
import { Avatar } from "../../ui/Avatar";
import { useWords } from "../../words/words";
import styles from "./Message.module.css";
import { OutgoingState } from "./OutgoingState";

const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/** One message; the list puts it into an `article`, which has the focus. */
export function Message({ server, record, isContinued, outgoing }: MessageProps) {
  const words = useWords().timeline;
  const { event } = record;
  const name = "name" in event ? event.name : "";
  return (
    <div className={styles.message} data-continued={isContinued} data-outgoing={outgoing?.state.kind}>
      {isContinued ? <span /> : <Avatar name={name} />}
      <div className={styles.body}>
        <header className={styles.head}>
          <bdi className={styles.author}>{name}</bdi>
          <time
            className={styles.time}
            dateTime={new Date(record.time_ms).toISOString()}
            title={fullFormat.format(record.time_ms)}
          >
            {timeFormat.format(record.time_ms)}
          </time>
        </header>
        {isMessage(event) ? (
          <p className={styles.text} dir="auto">
            {event.text}
          </p>
        ) : (
          <p className={styles.gone}>{words.removed(name)}</p>
        )}
        {outgoing && <OutgoingState server={server} entry={outgoing} />}
      </div>
    </div>
  );
}
