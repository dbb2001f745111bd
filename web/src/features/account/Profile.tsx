import { type FormEvent, useCallback, useState } from "react";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import { useAsked } from "../../lib/useAsked";
import { useWatched } from "../../lib/useWatched";
import type { Place } from "../../model/place";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Problem } from "../../ui/Problem";
import { Section } from "../../ui/Section";
import { Switch } from "../../ui/Switch";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";
import { WhenThere } from "./WhenThere";

const youOf = (place: Place) => place.you;

/** Who one is for others. */
export function Profile({ server }: { server: Server }) {
  const { connection } = server;
  const { name, has_account: hasAccount } = useWatched(connection.place, youOf);
  const load = useCallback(
    () => connection.query({ type: "find_person", name }, "person_found"),
    [connection, name],
  );
  const loaded = useAsked(load);
  return (
    <>
      <Section>
        <Name key={name} server={server} name={name} />
      </Section>
      {hasAccount && (
        <Section>
          <WhenThere asked={loaded}>
            {(person) => <About key={person.about} server={server} person={person} onChange={loaded.again} />}
          </WhenThere>
        </Section>
      )}
    </>
  );
}

function Name({ server, name }: { server: Server; name: string }) {
  const words = useLateWords();
  const [text, setText] = useState(name);
  const { isBusy, problem, act } = useAct();

  async function save(event: FormEvent) {
    event.preventDefault();
    if (await act(() => server.connection.ask({ type: "rename", name: text.trim() })))
      tell(words.account.saved);
  }

  return (
    <form className={styles.line} onSubmit={save}>
      <Field
        label={words.account.name}
        value={text}
        maxLength={32}
        required
        spellCheck={false}
        error={problem || undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" disabled={isBusy || text.trim() === name}>
        {words.general.save}
      </Button>
    </form>
  );
}

interface AboutProps {
  server: Server;
  person: AnswerOf<"person_found">;
  onChange: () => void;
}

function About({ server, person, onChange }: AboutProps) {
  const words = useLateWords();
  const [text, setText] = useState(person.about ?? "");
  const { isBusy, problem, act } = useAct();
  const { connection } = server;

  async function save(event: FormEvent) {
    event.preventDefault();
    if (!(await act(() => connection.ask({ type: "describe", text: text.trim() })))) return;
    tell(words.account.saved);
    onChange();
  }

  async function mark(isBot: boolean) {
    if (await act(() => connection.ask({ type: "mark_bot", is_bot: isBot }))) onChange();
  }

  return (
    <>
      <form className={styles.line} onSubmit={save}>
        <Field
          label={words.account.about}
          hint={words.account.aboutHint}
          value={text}
          dir="auto"
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={isBusy || text.trim() === (person.about ?? "")}>
          {words.general.save}
        </Button>
      </form>
      <Problem text={problem} />
      <Switch
        label={words.account.bot}
        hint={words.account.botHint}
        isOn={person.is_bot === true}
        isDisabled={isBusy}
        onChange={(isOn) => void mark(isOn)}
      />
    </>
  );
}
