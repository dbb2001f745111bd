import { type FormEvent, useState } from "react";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { PasswordField } from "../../ui/PasswordField";
import { useDoorWords } from "../../words/words";
import styles from "./Entrance.module.css";
import type { ComingIn } from "./useComingIn";

interface Props {
  server: Server;
  comingIn: ComingIn;
  name: string;
  onName: (name: string) => void;
  /** Claims the server as soon as one is in; empty for nothing. */
  claim: string;
}

/** For whoever has an account. */
export function LogInForm({ server, comingIn, name, onName, claim }: Props) {
  const words = useDoorWords().entrance;
  const [password, setPassword] = useState("");

  function enter(event: FormEvent) {
    event.preventDefault();
    void comingIn.attempt(async () => {
      await server.logIn(name.trim(), password);
      if (claim) await server.connection.ask({ type: "claim", code: claim });
    }, claim);
  }

  return (
    <form className={styles.form} onSubmit={enter}>
      <p className={styles.lead}>{words.logInLead}</p>
      <Field
        label={words.accountName}
        name="username"
        autoComplete="username"
        autoFocus={name === ""}
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={32}
        value={name}
        onChange={(event) => onName(event.target.value)}
        error={comingIn.errorOf("name")}
      />
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="current-password"
        autoFocus={name !== ""}
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={comingIn.errorOf("password") ?? comingIn.errorOf("form") ?? comingIn.errorOf("code")}
      />
      <Button look="primary" type="submit" disabled={comingIn.isBusy}>
        {comingIn.isBusy ? words.entering : words.enterLogIn}
      </Button>
    </form>
  );
}
