import { ChevronDown } from "lucide-react";
import { useId } from "react";
import styles from "./Field.module.css";

interface Props<Value extends string> {
  label: string;
  value: Value;
  /** What can be chosen, and what each is called. */
  options: Readonly<Record<Value, string>>;
  hint?: string | undefined;
  isDisabled?: boolean;
  onChange: (value: Value) => void;
}

/** One of a few things. */
export function Select<Value extends string>({
  label,
  value,
  options,
  hint,
  isDisabled,
  onChange,
}: Props<Value>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <span className={styles.choice}>
        <select
          id={id}
          className={styles.input}
          value={value}
          disabled={isDisabled}
          aria-describedby={hint && `${id}-hint`}
          onChange={(event) => {
            const wanted = event.target.value as Value;
            // It shows what it is told to, and nothing before: what was wanted may be refused.
            event.target.value = value;
            onChange(wanted);
          }}
        >
          {Object.entries<string>(options).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
        <ChevronDown size={16} aria-hidden="true" />
      </span>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
