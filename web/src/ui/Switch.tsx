import { useId } from "react";
import styles from "./Switch.module.css";

interface Props {
  label: string;
  hint?: string | undefined;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
}

/** Something that is so or not, from the moment it is touched. */
export function Switch({ label, hint, isOn, isDisabled = false, onChange }: Props) {
  const id = useId();
  return (
    <label className={styles.switch} htmlFor={id}>
      <span>{label}</span>
      {hint && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={styles.input}
        checked={isOn}
        aria-checked={isOn}
        disabled={isDisabled}
        aria-describedby={hint && `${id}-hint`}
        onChange={(event) => {
          const wanted = event.target.checked;
          // It is on when it is told to be, and not before: what was wanted may be refused.
          event.target.checked = isOn;
          onChange(wanted);
        }}
      />
    </label>
  );
}
