import { Lock, Megaphone } from "lucide-react";
import type { ReactNode } from "react";
import { go } from "../../lib/history";
import type { HubEvent, HubRecord } from "../../wire/kinds";
import { messageId } from "../../wire/kinds";
import { useWords } from "../../words/words";
import styles from "./MessageHead.module.css";
import { fullTime, shortTime } from "./times";

/** Who says it, when, and to whom if not to everybody in the room. */
export function MessageHead({ record }: { record: HubRecord }) {
  const { event } = record;
  return (
    <header className={styles.head}>
      <button
        type="button"
        className={styles.author}
        // Keys come to it by the message's menu: otherwise every message would be one more stop.
        tabIndex={-1}
        onClick={() => go({ side: `person/${event.name}` })}
      >
        <bdi>{event.name}</bdi>
      </button>
      {isSpecial(event) && <Kind event={event} />}
      <time
        className={styles.time}
        dateTime={new Date(record.time_ms).toISOString()}
        title={fullTime(record.time_ms)}
      >
        {shortTime(record.time_ms)}
      </time>
    </header>
  );
}

/** Whether it is not simply said: nothing is drawn for what most messages have not. */
function isSpecial(event: HubEvent): boolean {
  return event.type !== "said" || event.manner === "notice";
}

/** What is special about it. */
function Kind({ event }: { event: HubEvent }): ReactNode {
  const words = useWords().message;
  switch (event.type) {
    case "announced":
      return (
        <span className={styles.kind}>
          <Megaphone size={13} aria-hidden="true" />
          {words.toEveryone}
        </span>
      );
    case "confided":
      return (
        <span className={styles.kind}>
          <Lock size={13} aria-hidden="true" />
          {words.onlyTo(event.to)}
        </span>
      );
    case "said":
      return <span className={styles.kind}>{words.notice}</span>;
    default:
      return null;
  }
}

/** Says that it was edited, and when, and leads to what it said before. */
export function EditedMark({ record, edited }: { record: HubRecord; edited: number }) {
  const words = useWords().message;
  return (
    <button
      type="button"
      className={styles.edited}
      title={words.editedAt(fullTime(edited))}
      onClick={() => go({ dialog: `versions/${messageId(record)}` })}
    >
      {words.edited}
    </button>
  );
}
