import { X } from "lucide-react";
import { Button } from "../../ui/Button";
import { useLateWords } from "../../words/words";
import type { Entry } from "./lists";
import styles from "./Setting.module.css";

/** Somebody, or a kind of people, on a list; with who put them there, why, and for how long. */
export function Listed({ entry, onRemove }: { entry: Entry; onRemove: () => void }) {
  const words = useLateWords().governing;
  const { shown, name, reason, secondsLeft } = entry;
  const told = [name && words.by(name), reason, secondsLeft !== undefined && words.until(secondsLeft)].filter(
    Boolean,
  );
  return (
    <li className={styles.item}>
      <div className={styles.what}>
        <p dir="auto">{shown}</p>
        {told.length > 0 && <p className={styles.soft}>{told.join(" · ")}</p>}
      </div>
      <Button look="icon" aria-label={words.remove(shown)} onClick={onRemove}>
        <X size={18} />
      </Button>
    </li>
  );
}
