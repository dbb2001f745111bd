import { useState } from "react";
import { useSettled } from "../../lib/useSettled";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Problem } from "../../ui/Problem";
import { Rows } from "../../ui/Rows";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";
import styles from "./admin.module.css";
import { DeedDialog } from "./DeedDialog";
import { AccountRow, type Asked, GuestRow } from "./PersonRow";
import { useAccounts } from "./useAccounts";

/** Who has an account: found by how his name begins, with what may be done with him. */
export function PeopleTab({ server }: { server: Server }) {
  const { admin: words, general } = useLateWords();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<Asked>();
  const { value, problem, again, showMore } = useAccounts(server.connection, useSettled(text.trim()));
  const isEmpty = value !== undefined && value.accounts.length === 0 && value.guest === undefined;
  return (
    <div className={styles.group}>
      <Field
        label={words.findPeople}
        hint={words.findPeopleHint}
        type="search"
        value={text}
        autoComplete="off"
        dir="auto"
        onChange={(event) => setText(event.target.value)}
      />
      <Problem text={problem} />
      {value === undefined && !problem && <Spinner label={general.loading} />}
      <p role="status" className={styles.soft}>
        {value && (isEmpty ? words.nobodyFits : words.accounts(value.accounts.length + value.more))}
      </p>
      {value && !isEmpty && (
        <Rows label={words.tabs.people}>
          {value.guest && <GuestRow guest={value.guest} onAsk={setAsked} />}
          {value.accounts.map((account) => (
            <AccountRow key={account.name} server={server} account={account} onAsk={setAsked} />
          ))}
        </Rows>
      )}
      {value && value.more > 0 && (
        <div className={styles.buttons}>
          <Button onClick={showMore}>{words.showMore(value.more)}</Button>
        </div>
      )}
      {asked && <DeedDialog server={server} {...asked} onDone={again} onClose={() => setAsked(undefined)} />}
    </div>
  );
}
