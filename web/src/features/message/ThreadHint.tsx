import { MessageSquareText } from "lucide-react";
import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import type { Room } from "../../model/room";
import { type HubRecord, messageId } from "../../wire/kinds";
import { useWords } from "../../words/words";
import styles from "./ThreadHint.module.css";
import { nearTime } from "./times";

const threadsOf = (room: Room) => room.threads;

/** How many answers a message has, and how many of them one has not read; it opens them beside the room. */
export function ThreadHint({ record, room, nowMs }: { record: HubRecord; room: Room; nowMs: number }) {
  const words = useWords().message;
  const unread = useWatched(room, threadsOf).get(record.seq)?.count ?? 0;
  const { replies = 0, last_reply: last = 0 } = record.note ?? {};
  const lastMs = room.shown.find(last)?.time_ms;
  return (
    <button
      type="button"
      className={styles.hint}
      data-unread={unread > 0}
      onClick={() => go({ side: `thread/${messageId(record)}` })}
    >
      <MessageSquareText size={15} aria-hidden="true" />
      <span className={styles.count}>{words.replies(replies)}</span>
      {unread > 0 && <span className={styles.unread}>{words.unreadReplies(unread)}</span>}
      {lastMs !== undefined && (
        <span className={styles.last}>{words.lastReply(nearTime(lastMs, nowMs))}</span>
      )}
    </button>
  );
}
