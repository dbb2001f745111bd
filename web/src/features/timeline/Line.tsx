import { Avatar } from "../../ui/Avatar";
import type { HubRecord } from "../../wire/kinds";
import { useWords } from "../../words/words";
import styles from "./TimelineView.module.css";

const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** One thing that happened. */
export function Line({ record }: { record: HubRecord }) {
  const words = useWords().timeline;
  const { event } = record;
  switch (event.type) {
    case "said":
    case "announced":
      return (
        <article className={styles.message}>
          <Avatar name={event.name} />
          <div>
            <span className={styles.author}>{event.name}</span>
            <time className={styles.time} dateTime={new Date(record.time_ms).toISOString()}>
              {timeFormat.format(record.time_ms)}
            </time>
            <p className={styles.text} dir="auto">
              {event.text}
            </p>
          </div>
        </article>
      );
    case "joined":
      return <p className={styles.notice}>{words.joined(event.name)}</p>;
    case "left":
      return <p className={styles.notice}>{words.left(event.name)}</p>;
    default:
      return null;
  }
}
