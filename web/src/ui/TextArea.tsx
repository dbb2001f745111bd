import { type ComponentProps, useId } from "react";
import styles from "./Field.module.css";

interface Props extends ComponentProps<"textarea"> {
  label: string;
  hint?: string | undefined;
}

/** Several lines to fill in, with their name above them. */
export function TextArea({ label, hint, ...input }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        rows={3}
        className={`${styles.input} ${styles.area}`}
        aria-describedby={hint && `${id}-hint`}
        {...input}
      />
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
