import { type FormEvent, useState } from "react";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Spinner } from "../../ui/Spinner";
import { secondsOf, type TermChoice, TermSelect } from "../../ui/TermSelect";
import { useLateWords } from "../../words/words";
import { Listed } from "./Listed";
import { addTo, LISTS, type ListName, listedIn, removeFrom } from "./lists";
import styles from "./Setting.module.css";
import { useWatchLists } from "./useWatchLists";

interface Props {
  server: Server;
  room: Room;
}

/** Whom a room keeps out or silent, whom that does not concern, and who may come in. */
export function ListsTab({ server, room }: Props) {
  const words = useLateWords();
  const lists = useWatchLists(server, room, true);
  if (lists.problem) return <p role="alert">{lists.problem}</p>;
  if (lists.bans === undefined) return <Spinner label={words.general.loading} />;
  return (
    <div className={styles.tab}>
      <p className={styles.soft}>{words.governing.targets}</p>
      {LISTS.map((name) => (
        <OneList
          key={name}
          server={server}
          room={room}
          name={name}
          entries={listedIn(name, lists.bans, lists.invited)}
          onChanged={lists.again}
        />
      ))}
    </div>
  );
}

interface ListProps extends Props {
  name: ListName;
  entries: ReturnType<typeof listedIn>;
  onChanged: () => void;
}

function OneList({ server, room, name, entries, onChanged }: ListProps) {
  const words = useLateWords().governing;
  const told = words.lists[name];
  const { act, problem, isBusy } = useAct();
  const [target, setTarget] = useState("");
  const [reason, setReason] = useState("");
  const [term, setTerm] = useState<TermChoice>("");
  const hasTerm = name === "bans" || name === "mutes" || name === "silences";

  async function add(event: FormEvent) {
    event.preventDefault();
    const entry = { target: target.trim(), reason: reason.trim(), seconds: secondsOf(term) };
    const isDone = await act(() => server.connection.ask(addTo(name, room.name, entry)));
    if (!isDone) return;
    setTarget("");
    setReason("");
    tell(words.added(entry.target));
    onChanged();
  }

  async function remove(shown: string) {
    const isDone = await act(() => server.connection.ask(removeFrom(name, room.name, shown)));
    if (!isDone) return;
    tell(words.removed(shown));
    onChanged();
  }

  return (
    <section className={styles.group} aria-label={told.title}>
      <h3 className={styles.heading}>{told.title}</h3>
      <p className={styles.soft}>{entries.length === 0 ? told.none : told.meaning}</p>
      {entries.length > 0 && (
        <ul className={styles.list}>
          {entries.map((entry) => (
            <Listed key={entry.shown} entry={entry} onRemove={() => void remove(entry.shown)} />
          ))}
        </ul>
      )}
      <form className={styles.add} onSubmit={(event) => void add(event)}>
        <Field
          label={told.whom}
          value={target}
          required
          autoComplete="off"
          dir="auto"
          onChange={(event) => setTarget(event.target.value)}
        />
        {hasTerm && (
          <>
            <Field
              label={words.reason}
              value={reason}
              maxLength={300}
              dir="auto"
              onChange={(event) => setReason(event.target.value)}
            />
            <TermSelect label={words.howLong} value={term} onChange={setTerm} />
          </>
        )}
        <Button type="submit" disabled={isBusy}>
          {words.add}
        </Button>
      </form>
      {problem && (
        <p role="alert" className={styles.bad}>
          {problem}
        </p>
      )}
    </section>
  );
}
