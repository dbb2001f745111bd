import { type FormEvent, useState } from "react";
import type { Status } from "../../model/connection";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { useWords } from "../../words/words";
import styles from "./Entrance.module.css";

/** The door: a name is enough. */
export function Entrance({ server, status }: { server: Server; status: Status }) {
  const words = useWords().entrance;
  const [name, setName] = useState("");
  const refusal = status.kind === "asking" ? status.refusal : undefined;
  const isBusy = status.kind === "connecting";

  function enter(event: FormEvent) {
    event.preventDefault();
    server.enter({ name: name.trim() });
  }

  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <img className={styles.mark} src="/icon.svg" alt="hubbub" />
        <h1 className={styles.heading}>{words.heading}</h1>
        <p className={styles.lead}>{words.lead}</p>
        <form className={styles.form} onSubmit={enter}>
          <Field
            label={words.name}
            name="nickname"
            autoComplete="nickname"
            autoFocus
            required
            maxLength={32}
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={refusal?.message}
          />
          {refusal?.suggestion && (
            <Button onClick={() => setName(refusal.suggestion)}>{words.take(refusal.suggestion)}</Button>
          )}
          <Button look="primary" type="submit" disabled={isBusy}>
            {isBusy ? words.entering : words.enter}
          </Button>
        </form>
      </div>
    </main>
  );
}
