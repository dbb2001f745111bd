import { useState } from "react";
import { go } from "../../lib/history";
import { tell } from "../../lib/toasts";
import { RefusedError } from "../../model/refusals";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { FormDialog } from "../../ui/FormDialog";
import { Select } from "../../ui/Select";
import { useLateWords } from "../../words/words";
import { inviteAll } from "./inviting";
import { type Access, makeRoom } from "./makeRoom";
import { asRoomName, parseNames } from "./naming";
import styles from "./rooms.module.css";

interface Props {
  server: Server;
  /** What it is to be called, where that is known. */
  rest: string;
  onClose: () => void;
}

/** Makes a room: what it is called, what it is about, and who may come in. */
export default function NewRoomDialog({ server, rest, onClose }: Props) {
  const words = useLateWords().making;
  const { connection } = server;
  const [name, setName] = useState(rest);
  const [topic, setTopic] = useState("");
  const [access, setAccess] = useState<Access>("public");
  const [key, setKey] = useState("");
  const [people, setPeople] = useState("");
  const [refusal, setRefusal] = useState<RefusedError>();

  async function make() {
    const room = asRoomName(name);
    setRefusal(undefined);
    try {
      await makeRoom(connection, { name: room, topic: topic.trim(), access, key });
    } catch (error) {
      if (!(error instanceof RefusedError) || !["bad_room_name", "name_taken"].includes(error.code))
        throw error;
      setRefusal(error);
      throw error;
    }
    const outcome = await inviteAll(connection, room, parseNames(people));
    go({ view: { kind: "room", name: connection.place.find(room)?.name ?? room } });
    tell(words.made(room));
    for (const [one, why] of outcome.refused) tell(words.notAll(one, why), "error");
  }

  return (
    <FormDialog
      title={words.newRoom}
      action={words.make}
      isDisabled={name.trim() === ""}
      onSubmit={make}
      onClose={onClose}
    >
      <Field
        label={words.name}
        hint={words.nameHint}
        value={name}
        placeholder={words.nameExample}
        required
        dir="auto"
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      {refusal?.suggestion && (
        <Button onClick={() => setName(refusal.suggestion.replace(/^#/, ""))}>
          {words.suggestion(refusal.suggestion)}
        </Button>
      )}
      <Field
        label={words.topic}
        value={topic}
        dir="auto"
        onChange={(event) => setTopic(event.target.value)}
      />
      <Select<Access> label={words.access} value={access} options={words.accesses} onChange={setAccess} />
      <Field
        label={words.key}
        hint={words.keyHint}
        value={key}
        maxLength={64}
        autoComplete="off"
        onChange={(event) => {
          event.target.value = event.target.value.replaceAll(" ", "");
          setKey(event.target.value);
        }}
      />
      <Field
        label={words.people}
        hint={words.peopleHint}
        value={people}
        dir="auto"
        autoComplete="off"
        onChange={(event) => setPeople(event.target.value)}
      />
      {!connection.place.you.has_account && <p className={styles.note}>{words.asGuest}</p>}
    </FormDialog>
  );
}
