import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type KeyboardEvent, useState } from "react";
import { useWords } from "../words/words";
import { Field } from "./Field";
import styles from "./PasswordField.module.css";

type Props = Omit<ComponentProps<typeof Field>, "type" | "onKeyUp" | "onKeyDown">;

/** A password: can be shown, and says when capitals are locked. */
export function PasswordField({ hint, ...field }: Props) {
  const words = useWords().general;
  const [isShown, setIsShown] = useState(false);
  const [isLocked, setIsLocked] = useState(false);

  function look(event: KeyboardEvent) {
    setIsLocked(event.getModifierState("CapsLock"));
  }

  return (
    <div className={styles.password}>
      <Field
        {...field}
        hint={isLocked ? words.capsLock : hint}
        type={isShown ? "text" : "password"}
        spellCheck={false}
        autoCapitalize="none"
        onKeyDown={look}
        onKeyUp={look}
      />
      <button
        type="button"
        className={styles.show}
        aria-label={words.showPassword}
        aria-pressed={isShown}
        onClick={() => setIsShown(!isShown)}
      >
        {isShown ? <EyeOff size={18} /> : <Eye size={18} />}
      </button>
    </div>
  );
}
