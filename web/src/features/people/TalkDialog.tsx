import { type FormEvent, useState } from "react";
import { go } from "../../lib/history";
import { tell, tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import { peopleIn } from "../../model/people";
import type { Place } from "../../model/place";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { useLateWords } from "../../words/words";
import { ChosenPeople } from "./ChosenPeople";
import styles from "./People.module.css";

interface Props {
  server: Server;
  /** Who is chosen from the start, `ann,bob`. */
  rest: string;
  onClose: () => void;
}

/** Begins a conversation with somebody, or with several at once; or goes on with the one that there is. */
export default function TalkDialog({ server, rest, onClose }: Props) {
  const words = useLateWords();
  const { connection } = server;
  const known = useWatched(connection.place, knownIn);
  const [names, setNames] = useState<readonly string[]>(() => rest.split(",").filter(Boolean));
  const [error, setError] = useState<string>();
  const [only] = names.length === 1 ? names : [];

  async function begin(event: FormEvent) {
    event.preventDefault();
    try {
      const room = await roomWith();
      if (room) go({ view: { kind: "room", name: room } }, "replace");
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  }

  /** With one it is the conversation of two, which begins when something is said; with more it is a group. */
  async function roomWith(): Promise<string | undefined> {
    if (only) {
      const person = await connection.query({ type: "find_person", name: only }, "person_found");
      return `@${person.name}`;
    }
    const answer = await connection.query({ type: "gather", names: [...names] }, "gathered");
    for (const { name, status } of answer.outcomes) {
      if (status === "unknown") tellError(words.people.unknown(name));
      if (status === "refused") tellError(words.people.refused(name));
    }
    if (!answer.entered) return undefined;
    tell(words.people.gathered);
    return answer.room;
  }

  return (
    <Dialog title={words.people.talk} size="tall" onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void begin(event)}>
        <ChosenPeople
          names={names}
          known={known}
          error={error}
          onChange={(chosen) => {
            setNames(chosen);
            setError(undefined);
          }}
        />
        <p className={styles.hint}>
          {only && connection.place.find(`@${only}`) ? words.people.goesOn(only) : words.people.talkHint}
        </p>
        <div className={styles.foot}>
          <Button onClick={onClose}>{words.general.cancel}</Button>
          <Button look="primary" type="submit" disabled={names.length === 0}>
            {names.length > 1 ? words.people.beginGroup : words.people.begin}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const knownIn = (place: Place) => peopleIn(place);
