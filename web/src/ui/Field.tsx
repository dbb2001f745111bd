import { type ComponentProps, useId, useLayoutEffect } from "react";
import styles from "./Field.module.css";

interface Props extends ComponentProps<"input"> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** A line to fill in, with its name above it and what is wrong with it below. */
export function Field({ label, hint, error, autoFocus, ...input }: Props) {
  const id = useId();
  const told = error ?? hint;
  // Browsers heed the attribute only once a page, and not while something else has the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it is there first
  useLayoutEffect(() => {
    if (autoFocus) document.getElementById(id)?.focus();
  }, []);
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={styles.input}
        aria-invalid={error !== undefined}
        aria-describedby={told === undefined ? undefined : `${id}-told`}
        {...input}
      />
      {told !== undefined && (
        <p
          id={`${id}-told`}
          className={error === undefined ? styles.hint : styles.error}
          role={error && "alert"}
        >
          {told}
        </p>
      )}
    </div>
  );
}
