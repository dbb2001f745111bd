import { useState } from "react";
import { tell } from "../../lib/toasts";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { titleOf } from "../../model/titles";
import { Field } from "../../ui/Field";
import { FormDialog } from "../../ui/FormDialog";
import { useLateWords } from "../../words/words";
import { gatherAll, inviteAll } from "./inviting";
import { parseNames } from "./naming";
import styles from "./rooms.module.css";

interface Props {
  server: Server;
  room: Room | undefined;
  onClose: () => void;
}

/** Asks whom to let in, or to tell of a room into which everybody may come. */
export default function InviteDialog({ server, room, onClose }: Props) {
  return room && <Inviting server={server} room={room} onClose={onClose} />;
}

function Inviting({ server, room, onClose }: { server: Server; room: Room; onClose: () => void }) {
  const { making: words, people } = useLateWords();
  const [text, setText] = useState("");
  const isOpen = room.access !== "private";
  const meaning = room.isGroup ? words.inviteGroup : isOpen ? words.inviteOpen : words.inviteClosed;

  async function invite() {
    const names = parseNames(text);
    if (names.length === 0) throw new Error(words.nobody);
    const bring = room.isGroup ? gatherAll : inviteAll;
    const { invited, refused } = await bring(server.connection, room.name, names, people);
    if (invited.length > 0) tell(words.invited(invited.join(", ")));
    // Who is invited need not be named again; who is not may be called something else.
    setText(refused.map(([name]) => name).join(", "));
    if (refused.length > 0) throw new Error(refused.map(([name, why]) => words.notAll(name, why)).join("\n"));
  }

  return (
    <FormDialog
      title={words.inviteTitle(titleOf(room))}
      action={words.invite}
      onSubmit={invite}
      onClose={onClose}
    >
      <p>{meaning}</p>
      <Field
        label={words.names}
        hint={words.peopleHint}
        value={text}
        dir="auto"
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      {isOpen && (
        <p className={styles.note}>
          {words.linkHint} <code>{`${location.origin}/c/${encodeURIComponent(room.name.slice(1))}`}</code>
        </p>
      )}
    </FormDialog>
  );
}
