import { useLateWords } from "../words/words";
import styles from "./Log.module.css";

export interface Logged {
  readonly id: string;
  readonly timeMs: number;
  /** Who did it. */
  readonly name: string;
  /** What, as the server calls it. */
  readonly act: string;
  readonly target: string;
  /** Where; empty where it need not be said. */
  readonly room: string;
  readonly reason: string;
}

/** What was done, the newest first: who, what, to whom, where and why. */
export function Log({ label, entries }: { label: string; entries: readonly Logged[] }) {
  const words = useLateWords().acts;
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "short",
    timeStyle: "short",
  });
  return (
    <ol aria-label={label} className={styles.log}>
      {entries.map((entry) => (
        <li key={entry.id} className={styles.entry}>
          <time className={styles.time} dateTime={new Date(entry.timeMs).toISOString()}>
            {format.format(entry.timeMs)}
          </time>
          <span className={styles.what} dir="auto">
            <b>{entry.name}</b> · {words[entry.act as keyof typeof words] ?? entry.act}
            {entry.target && ` · ${entry.target}`}
            {entry.room && <span className={styles.soft}> · {entry.room}</span>}
            {entry.reason && <span className={styles.soft}> — {entry.reason}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
