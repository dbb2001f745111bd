import { CornerUpLeft, Pencil, X } from "lucide-react";
import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import type { Desk } from "../../model/desk";
import { isMessage } from "../../model/revising";
import type { Room } from "../../model/room";
import { Button } from "../../ui/Button";
import { parseMessageId } from "../../wire/kinds";
import { useWords } from "../../words/words";
import styles from "./Bars.module.css";
import { focusField } from "./sending";

const editingOf = (desk: Desk) => desk.editing;
const replyingOf = (desk: Desk) => desk.replyingTo;

/** Says above what one writes which message is edited or answered. */
export function SubjectBar({ room, desk }: { room: Room; desk: Desk }) {
  const words = useWords().composer;
  const editing = useWatched(desk, editingOf);
  const replyingTo = useWatched(desk, replyingOf);
  const message = editing || replyingTo;
  if (message === "") return null;

  const record = room.timeline.find(parseMessageId(message)?.seq ?? 0);
  const said = record && isMessage(record.event) ? record.event : undefined;
  const title = editing ? words.editing : said ? words.replying(said.name) : words.replyingToOne;
  const Icon = editing ? Pencil : CornerUpLeft;
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
        aria-label={editing ? words.cancelEdit : words.cancelReply}
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
