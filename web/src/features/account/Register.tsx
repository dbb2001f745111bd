import { type FormEvent, useState } from "react";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { PasswordField } from "../../ui/PasswordField";
import { Problem } from "../../ui/Problem";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";

interface Props {
  server: Server;
  /** An invitation, or what claims the server; empty for none. */
  code: string;
  onDone: () => void;
}

/** A guest keeps the name that he has. */
export function RegisterForm({ server, code, onDone }: Props) {
  const words = useLateWords().account;
  const [password, setPassword] = useState("");
  const [typed, setTyped] = useState(code);
  const { isBusy, problem, code: refusal, act } = useAct();
  const { name } = server.connection.place.you;
  const isCode = refusal === "bad_code" || refusal === "needs_invitation";
  const isPassword = refusal === "bad_password";

  async function register(event: FormEvent) {
    event.preventDefault();
    const done = await act(async () => {
      await server.connection.ask({ type: "register", password, code: typed.trim() });
      await server.stayIn(name, password);
    });
    if (!done) return;
    tell(words.registered(name));
    onDone();
  }

  return (
    <form className={styles.form} onSubmit={register}>
      <input type="text" hidden readOnly autoComplete="username" value={name} />
      {(isCode || typed !== "") && (
        <Field
          label={words.invitation}
          autoComplete="off"
          value={typed}
          error={isCode ? problem : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      <PasswordField
        label={words.choosePassword}
        autoComplete="new-password"
        required
        hint={words.passwordHint}
        value={password}
        error={isPassword ? problem : undefined}
        onChange={(event) => setPassword(event.target.value)}
      />
      {!isCode && !isPassword && <Problem text={problem} />}
      <Button look="primary" type="submit" disabled={isBusy}>
        {words.register}
      </Button>
    </form>
  );
}

/** The same by the link of an invitation, for a guest who is in already. */
export default function Register({
  server,
  rest,
  onClose,
}: {
  server: Server;
  rest: string;
  onClose: () => void;
}) {
  const words = useLateWords().account;
  return (
    <Dialog title={words.registerTitle} onClose={onClose}>
      <p className={styles.lead}>{words.registerLead}</p>
      <RegisterForm server={server} code={rest} onDone={onClose} />
    </Dialog>
  );
}
