import { CornerUpLeft, Pencil, X } from "lucide-react";
import { go } from "../../lib/history";
import type { Desk } from "../../model/desk";
import { isMessage } from "../../model/revising";
import type { Room } from "../../model/room";
import { Button } from "../../ui/Button";
import { parseMessageId } from "../../wire/kinds";
import { useWords } from "../../words/words";
import styles from "./Bars.module.css";
import { focusField } from "./sending";

interface Props {
  room: Room;
  desk: Desk;
  /** The message, by its id. */
  message: string;
  isEdited: boolean;
}

/** Says above what one writes which message is edited or answered. */
export function SubjectBar({ room, desk, message, isEdited }: Props) {
  const words = useWords().composer;
  const record = room.timeline.find(parseMessageId(message)?.seq ?? 0);
  const said = record && isMessage(record.event) ? record.event : undefined;
  const title = isEdited ? words.editing : said ? words.replying(said.name) : words.replyingToOne;
  const Icon = isEdited ? Pencil : CornerUpLeft;
  return (
    <section className={styles.bar} aria-label={title}>
      <Icon size={16} aria-hidden="true" className={styles.icon} />
      <button
        type="button"
        className={styles.subject}
        title={words.showMessage}
        onClick={() => go({ view: { kind: "message", id: message } })}
      >
        <strong className={styles.title}>{title}</strong>
        <span className={styles.text} dir="auto">
          {said?.text}
        </span>
      </button>
      <Button
        look="icon"
        aria-label={isEdited ? words.cancelEdit : words.cancelReply}
        onClick={() => {
          desk.cancel();
          focusField();
        }}
      >
        <X size={18} />
      </Button>
    </section>
  );
}
