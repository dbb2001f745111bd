import { formats } from "../../lib/dates";
import { go } from "../../lib/history";
import type { HubRecord } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./EventLine.module.css";
import { sentenceOf } from "./sentences";

/** Something that happened, as a sentence. */
export function EventLine({ record }: { record: HubRecord }) {
  const words = useLateWords();
  const { event } = record;
  const sentence = sentenceOf(record, words.events);
  if (sentence === "") return null;
  return (
    <p className={styles.line} data-stop tabIndex={-1}>
      <span dir="auto">{sentence}</span>
      {event.type === "pinned" && (
        <button
          type="button"
          className={styles.more}
          onClick={() => go({ view: { kind: "message", id: `${record.room}-${event.message}` } })}
        >
          {words.timeline.showPinned}
        </button>
      )}
      <Time timeMs={record.time_ms} />
    </p>
  );
}

/** When something happened: short, and in full for whoever points at it. */
export function Time({ timeMs }: { timeMs: number }) {
  const { time, full } = formats();
  return (
    <time className={styles.time} dateTime={new Date(timeMs).toISOString()} title={full.format(timeMs)}>
      {time.format(timeMs)}
    </time>
  );
}
