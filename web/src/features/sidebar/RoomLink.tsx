import type { MouseEvent } from "react";
import { go } from "../../lib/history";
import { writeRoute } from "../../lib/routes";
import { useWatched } from "../../lib/useWatched";
import type { Room } from "../../model/room";
import { useWords } from "../../words/words";
import styles from "./Sidebar.module.css";

const unreadOf = (room: Room) => room.unread;

/** The way into one room, and how much there is that was not read. */
export function RoomLink({ room, isShown }: { room: Room; isShown: boolean }) {
  const words = useWords().rooms;
  const unread = useWatched(room, unreadOf);
  const view = { kind: "room", name: room.name } as const;
  const loud = room.kind === "direct" ? unread.count : unread.mentions;

  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go({ view });
  }

  return (
    <a
      className={styles.link}
      href={writeRoute({ view, side: "", dialog: "", server: "" })}
      aria-current={isShown ? "page" : undefined}
      data-unread={unread.count > 0}
      onClick={open}
    >
      <span className={styles.name} dir="auto">
        {room.name}
      </span>
      {loud > 0 && (
        <span className={styles.badge}>
          {loud}
          <span className="visually-hidden"> {words.mentions(loud)}</span>
        </span>
      )}
    </a>
  );
}
