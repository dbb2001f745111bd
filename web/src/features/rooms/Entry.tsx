import { type FormEvent, useState } from "react";
import { RefusedError } from "../../model/refusals";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { useLateWords } from "../../words/words";
import styles from "./BrowseDialog.module.css";
import type { Entering } from "./useEntering";

/** What opens a door that is not open: a key, or those inside. */
export function Entry({ entering }: { entering: Entering }) {
  const words = useLateWords().making;
  const { refusal, hasAsked } = entering;
  const code = refusal instanceof RefusedError ? refusal.code : "";
  // Whoever was refused for one thing may still be looking for it: the form stays while it is tried again.
  const [known, setKnown] = useState("");
  if (code !== "" && code !== known) setKnown(code);
  if (hasAsked)
    return (
      <p role="status" className={styles.entry}>
        {words.asked}
      </p>
    );
  if (known === "" && refusal === undefined) return null;
  return (
    <div className={styles.entry}>
      {refusal && <p role="alert">{refusal.message}</p>}
      {known === "wrong_key" && <KeyForm entering={entering} />}
      {["wrong_key", "needs_invitation", "accounts_only", "needs_account"].includes(known) && (
        <KnockForm entering={entering} />
      )}
    </div>
  );
}

function KeyForm({ entering }: { entering: Entering }) {
  const words = useLateWords().making;
  const [key, setKey] = useState("");
  return (
    <form onSubmit={(event) => submit(event, () => entering.enter(key))}>
      <Field
        label={words.keyName}
        hint={words.needsKey}
        value={key}
        autoComplete="off"
        onChange={(event) => setKey(event.target.value)}
      />
      <Button type="submit" look="primary" disabled={key === "" || entering.isBusy}>
        {words.comeIn}
      </Button>
    </form>
  );
}

function KnockForm({ entering }: { entering: Entering }) {
  const words = useLateWords().making;
  const [text, setText] = useState("");
  return (
    <form onSubmit={(event) => submit(event, () => entering.askIn(text))}>
      <Field
        label={words.knockText}
        hint={words.closed}
        value={text}
        maxLength={300}
        dir="auto"
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" disabled={entering.isBusy}>
        {words.askIn}
      </Button>
    </form>
  );
}

function submit(event: FormEvent, act: () => void): void {
  event.preventDefault();
  act();
}
