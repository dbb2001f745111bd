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
  /** The code of the link, if there is one. */
  code: string;
  /** What is to be said of a code that is refused. */
  badCode: string;
  /** Whether nobody opens an account without one. */
  needsCode: boolean;
  lead: string;
  submit: string;
}

/** For whoever wants an account. */
export function RegisterForm(props: Props) {
  const { server, comingIn, name, onName, lead, submit } = props;
  const words = useDoorWords().entrance;
  const [password, setPassword] = useState("");
  const [typed, setTyped] = useState("");
  const code = props.code || typed.trim();
  const wrong = comingIn.errorOf("code");
  const asksCode = !props.code && (props.needsCode || wrong !== undefined);

  function enter(event: FormEvent) {
    event.preventDefault();
    void comingIn.attempt(() => server.register(name.trim(), password, code), props.code);
  }

  return (
    <form className={styles.form} onSubmit={enter}>
      <p className={styles.lead}>{lead}</p>
      {props.code && wrong && (
        <p className={styles.notice} role="alert">
          {wrong} {props.badCode}
        </p>
      )}
      {asksCode && (
        <Field
          label={words.code}
          name="code"
          autoComplete="off"
          autoCapitalize="characters"
          required={props.needsCode}
          hint={words.codeHint}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={wrong}
        />
      )}
      <Field
        label={words.name}
        name="username"
        autoComplete="username"
        autoFocus
        required
        maxLength={32}
        spellCheck={false}
        value={name}
        onChange={(event) => onName(event.target.value)}
        error={comingIn.errorOf("name")}
      />
      {comingIn.problem?.suggestion && <Suggestion name={comingIn.problem.suggestion} onTake={onName} />}
      <PasswordField
        label={words.newPassword}
        name="new-password"
        autoComplete="new-password"
        required
        hint={words.newPasswordHint}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={comingIn.errorOf("password") ?? comingIn.errorOf("form")}
      />
      <Button look="primary" type="submit" disabled={comingIn.isBusy}>
        {comingIn.isBusy ? words.entering : submit}
      </Button>
    </form>
  );
}

function Suggestion({ name, onTake }: { name: string; onTake: (name: string) => void }) {
  const words = useDoorWords().entrance;
  return (
    <div className={styles.offers}>
      <Button onClick={() => onTake(name)}>{words.take(name)}</Button>
    </div>
  );
}
