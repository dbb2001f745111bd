import { type FormEvent, useState } from "react";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { useDoorWords } from "../../words/words";
import styles from "./Entrance.module.css";
import type { ComingIn } from "./useComingIn";

interface Props {
  comingIn: ComingIn;
  name: string;
  onName: (name: string) => void;
  /** Called to come in. Rejects with `RefusedError` or `DisconnectedError`. */
  onVisit: (name: string) => Promise<void>;
  /** Called when the name turns out to be an account's. */
  onLogIn: () => void;
}

/** A name is enough. */
export function GuestForm({ comingIn, name, onName, onVisit, onLogIn }: Props) {
  const words = useDoorWords().entrance;
  // It may have been tried before this form was there.
  const [tried, setTried] = useState(() => name.trim());
  const { problem, isBusy } = comingIn;

  function enter(event: FormEvent) {
    event.preventDefault();
    setTried(name.trim());
    void comingIn.attempt(() => onVisit(name.trim()));
  }

  return (
    <form className={styles.form} onSubmit={enter}>
      <p className={styles.lead}>{words.lead}</p>
      <Field
        label={words.name}
        name="nickname"
        autoComplete="nickname"
        autoFocus
        required
        maxLength={32}
        spellCheck={false}
        value={name}
        onChange={(event) => onName(event.target.value)}
        error={comingIn.errorOf("name") ?? comingIn.errorOf("form")}
      />
      {problem && (
        <div className={styles.offers}>
          {problem.suggestion && (
            <Button onClick={() => onName(problem.suggestion)}>{words.take(problem.suggestion)}</Button>
          )}
          {problem.code === "name_reserved" && <Button onClick={onLogIn}>{words.itIsMine(tried)}</Button>}
        </div>
      )}
      <Button look="primary" type="submit" disabled={isBusy}>
        {isBusy ? words.entering : words.enter}
      </Button>
    </form>
  );
}
