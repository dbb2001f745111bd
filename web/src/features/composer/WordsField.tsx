import { useId } from "react";
import styles from "./TellDialog.module.css";

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** Several lines to fill in. Ctrl+Enter sends, for Enter begins a line here. */
export function WordsField({ label, value, onChange }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className={styles.words}
        dir="auto"
        rows={4}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
            event.currentTarget.form?.requestSubmit();
        }}
      />
    </div>
  );
}
