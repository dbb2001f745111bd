import { useDoorWords } from "../../words/words";
import styles from "./Entrance.module.css";

/** In clear text, from another machine: what to do instead. */
export function Unsafe() {
  const words = useDoorWords().entrance;
  const safe = new URL(location.href);
  safe.protocol = "https:";
  return (
    <div className={styles.notice} role="alert">
      <p>{words.unsafe}</p>
      <p>
        <a href={safe.href}>{words.goEncrypted}</a>
      </p>
      <p className={styles.small}>{words.unsafeHint}</p>
    </div>
  );
}
