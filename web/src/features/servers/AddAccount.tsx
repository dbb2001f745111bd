import { type FormEvent, useState } from "react";
import { go } from "../../lib/history";
import type { View } from "../../lib/routes";
import { parseHost } from "../../model/accounts";
import type { Servers } from "../../model/servers";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { Switch } from "../../ui/Switch";
import { useLateWords } from "../../words/words";
import styles from "./AddAccount.module.css";

/** Begin another account, here or on another server; its door asks the rest. */
export function AddAccount({ servers, onClose }: { servers: Servers; onClose: () => void }) {
  const words = useLateWords().account;
  const [text, setText] = useState("");
  const [isEncrypted, setIsEncrypted] = useState<boolean>();
  const [error, setError] = useState<string>();
  // A page that came by TLS may not connect without it, so there is nothing to choose.
  const isChoice = location.protocol === "http:" && text.trim() !== "";
  const isOn = isEncrypted ?? !isNumeric(text);

  function add(event: FormEvent) {
    event.preventDefault();
    try {
      const server = servers.add(withScheme(text.trim(), isChoice && !isOn));
      if (server === undefined) setError(words.badAddress);
      else go({ view: viewOf(text), dialog: "", server: server.key });
    } catch (refusal) {
      if (!(refusal instanceof RangeError)) throw refusal;
      setError(refusal.message);
    }
  }

  return (
    <Dialog title={words.addTitle} onClose={onClose}>
      <form className={styles.form} onSubmit={add}>
        <p>{words.addLead}</p>
        <Field
          label={words.address}
          hint={words.addressHint(location.host)}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          inputMode="url"
          dir="ltr"
          value={text}
          error={error}
          onChange={(event) => setText(event.target.value)}
        />
        {isChoice && (
          <Switch label={words.encrypted} hint={words.encryptedHint} isOn={isOn} onChange={setIsEncrypted} />
        )}
        <Button look="primary" type="submit">
          {words.next}
        </Button>
      </form>
    </Dialog>
  );
}

/** Whether an address has no name, and so most likely no certificate. */
function isNumeric(text: string): boolean {
  const host = parseHost(withoutScheme(text))?.host ?? "";
  return /^(\d+\.){3}\d+(:|$)|^\[|^localhost(:|$)/.test(host);
}

function withScheme(text: string, isPlain: boolean): string {
  const rest = withoutScheme(text);
  return rest === "" ? "" : `${isPlain ? "http" : "https"}://${rest}`;
}

function withoutScheme(text: string): string {
  return text.trim().replace(/^[a-z]+:\/\//i, "");
}

/** `hubbub://host/#tea` leads into a room. */
function viewOf(text: string): View {
  const [, room = ""] = /\/#([^#/]+)$/.exec(text.trim()) ?? [];
  return room ? { kind: "room", name: `#${room}` } : { kind: "home" };
}
