import { nameOfDay } from "../../lib/dates";
import { useWords } from "../../words/words";
import styles from "./Rules.module.css";

/** The line above the first thing of a day. */
export function DayRule({ timeMs, nowMs }: { timeMs: number; nowMs: number }) {
  return (
    <p className={styles.rule}>
      <time dateTime={new Date(timeMs).toISOString().slice(0, 10)}>{nameOfDay(timeMs, nowMs)}</time>
    </p>
  );
}

/** The line above what is new. */
export function NewRule() {
  const words = useWords().timeline;
  return (
    <p className={`${styles.rule} ${styles.new}`}>
      <span>{words.newLine}</span>
    </p>
  );
}
