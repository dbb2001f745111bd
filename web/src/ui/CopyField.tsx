import { Copy } from "lucide-react";
import { useId } from "react";
import { copyText } from "../lib/copy";
import { tell } from "../lib/toasts";
import { useWords } from "../words/words";
import { Button } from "./Button";
import styles from "./CopyField.module.css";

/** Something to be copied: shown whole, and taken with one click. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const words = useWords().general;
  const id = useId();

  async function copy() {
    try {
      await copyText(value);
      tell(words.copied);
    } catch {
      // Where the browser does not let it be copied, it is selected, to be copied by hand.
      const field = document.getElementById(id);
      if (field instanceof HTMLInputElement) field.select();
    }
  }

  return (
    <div className={styles.copy}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={styles.value}
        readOnly
        dir="ltr"
        value={value}
        onFocus={(event) => event.target.select()}
      />
      <Button look="primary" onClick={() => void copy()}>
        <Copy size={16} aria-hidden="true" /> {words.copy}
      </Button>
    </div>
  );
}
