import { type FormEvent, useState } from "react";
import { go } from "../../lib/history";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { PasswordField } from "../../ui/PasswordField";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";
import { deleteAccount } from "./leaving";

/** For good: takes the password, and the name typed once more. */
export function DeleteAccount({ server }: { server: Server }) {
  const words = useLateWords().account;
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const { isBusy, problem, act } = useAct();
  const own = server.connection.place.you.name;

  async function remove(event: FormEvent) {
    event.preventDefault();
    if (!(await act(() => deleteAccount(server, password)))) return;
    tell(words.deleted);
    go({ view: { kind: "home" } }, "replace");
  }

  if (!isOpen)
    return (
      <Button look="danger" onClick={() => setIsOpen(true)}>
        {words.deleteTitle}
      </Button>
    );
  return (
    <form className={styles.form} onSubmit={remove}>
      <div className={styles.pair}>
        <Field
          label={words.deleteName(own)}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <PasswordField
          label={words.password}
          autoComplete="current-password"
          required
          value={password}
          error={problem || undefined}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <Button look="danger" type="submit" disabled={isBusy || name.trim() !== own}>
        {words.delete}
      </Button>
    </form>
  );
}
