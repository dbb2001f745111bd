import { type FormEvent, useState } from "react";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { beginHere, Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { parseMessageId } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { act } from "./acts";
import styles from "./ConfirmDialog.module.css";
import { textOf } from "./useActions";

interface Props {
  server: Server;
  room: Room | undefined;
  /** The message's id. */
  rest: string;
  onClose: () => void;
}

/** Asks once more before a message is deleted; of others' messages, also why. */
export default function DeleteDialog({ server, room, rest, onClose }: Props) {
  const words = useLateWords();
  const [reason, setReason] = useState("");
  const { place } = server.connection;
  const id = parseMessageId(rest);
  const record = (id && place.rooms.get(id.room)?.shown.find(id.seq)) ?? room?.shown.find(id?.seq ?? 0);
  const isOwn = record?.event.author === place.you.id;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await act(server, { type: "delete", message: rest, reason: reason.trim() })) onClose();
  }

  return (
    <Dialog title={words.deeds.deleteHeading} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {record && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (axe: scrollable-region-focusable)
          <blockquote className={styles.quote} dir="auto" tabIndex={0}>
            {textOf(record)}
          </blockquote>
        )}
        <p>{words.deeds.deleteLead}</p>
        {!isOwn && (
          <Field
            label={words.deeds.reason}
            hint={words.deeds.reasonHint}
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
        <div className={styles.buttons}>
          <Button ref={beginHere} onClick={onClose}>
            {words.general.cancel}
          </Button>
          <Button look="danger" type="submit">
            {words.deeds.delete}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
