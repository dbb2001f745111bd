import { type FormEvent, useState } from "react";
import { tell, tellError } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import { useWatched } from "../../lib/useWatched";
import type { Place } from "../../model/place";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { PasswordField } from "../../ui/PasswordField";
import { Problem } from "../../ui/Problem";
import { Section } from "../../ui/Section";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";
import { DeleteAccount } from "./DeleteAccount";
import { logOutEverywhere } from "./leaving";
import { RegisterForm } from "./Register";

const hasAccountOf = (place: Place) => place.you.has_account === true;

/** How one proves who one is, and stops being it here. */
export function LogIn({ server }: { server: Server }) {
  const words = useLateWords().account;
  const hasAccount = useWatched(server.connection.place, hasAccountOf);
  if (!hasAccount)
    return (
      <>
        <Section title={words.registerTitle} lead={words.registerLead}>
          <RegisterForm server={server} code="" onDone={() => undefined} />
        </Section>
        <Section title={words.leave} lead={words.leaveHint}>
          <Button onClick={() => void server.logOut().catch(tellError)}>{words.leave}</Button>
        </Section>
      </>
    );
  return (
    <>
      <Section title={words.changeTitle} lead={words.changeLead}>
        <ChangePassword server={server} />
      </Section>
      <Section title={words.outTitle} lead={words.outEverywhereLead}>
        <LogOut server={server} />
      </Section>
      <Section title={words.export} lead={words.exportLead} />
      <Section title={words.deleteTitle} lead={words.deleteLead}>
        <DeleteAccount server={server} />
      </Section>
    </>
  );
}

function ChangePassword({ server }: { server: Server }) {
  const words = useLateWords().account;
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const { isBusy, problem, code, act } = useAct();
  const isOld = code === "wrong_password";
  const isNew = code === "bad_password";

  async function change(event: FormEvent) {
    event.preventDefault();
    const done = await act(async () => {
      await server.connection.ask({ type: "change_password", old, new: next });
      // This browser's log-in went with all others'.
      if (server.account.proof.kind === "cookie") await server.stayIn(server.connection.place.you.name, next);
    });
    if (!done) return;
    setOld("");
    setNext("");
    tell(words.changed);
  }

  return (
    <form className={styles.form} onSubmit={change}>
      <input type="text" hidden readOnly autoComplete="username" value={server.connection.place.you.name} />
      <div className={styles.pair}>
        <PasswordField
          label={words.oldPassword}
          autoComplete="current-password"
          required
          value={old}
          error={isOld ? problem : undefined}
          onChange={(event) => setOld(event.target.value)}
        />
        <PasswordField
          label={words.newPassword}
          autoComplete="new-password"
          required
          value={next}
          error={isNew ? problem : undefined}
          onChange={(event) => setNext(event.target.value)}
        />
      </div>
      {!isOld && !isNew && <Problem text={problem} />}
      <Button type="submit" disabled={isBusy}>
        {words.change}
      </Button>
    </form>
  );
}

function LogOut({ server }: { server: Server }) {
  const words = useLateWords().account;
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div className={styles.line}>
      <Button onClick={() => void server.logOut().catch(tellError)}>{words.outHere}</Button>
      {isAsking ? (
        <Button look="danger" onClick={() => void logOutEverywhere(server).catch(tellError)}>
          {words.outEverywhereSure}
        </Button>
      ) : (
        <Button onClick={() => setIsAsking(true)}>{words.outEverywhere}</Button>
      )}
    </div>
  );
}
