import { Search } from "lucide-react";
import { type KeyboardEvent, useMemo } from "react";
import { go } from "../../lib/history";
import { isApple } from "../../lib/shortcuts";
import { useWatched } from "../../lib/useWatched";
import { type Habits, habitsOf } from "../../model/habits";
import type { Place } from "../../model/place";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { useWords } from "../../words/words";
import { Foot } from "./Foot";
import { sectionsOf } from "./order";
import { Section } from "./Section";
import styles from "./Sidebar.module.css";
import { useNear } from "./useNear";
import { useNotices } from "./useNotices";

const roomsOf = (place: Place) => [...place.rooms.values()];
const pinnedOf = (habits: Habits) => habits.pinned;

interface Props {
  server: Server;
  /** The room that is shown, by its name. */
  shown: string;
  /** Somebody is about to go to a room, by its name. */
  onNear: (name: string) => void;
}

/** The rooms that one is in, the conversations that one has, and oneself. */
export function Sidebar({ server, shown, onNear }: Props) {
  const words = useWords().sidebar;
  const rooms = useWatched(server.connection.place, roomsOf);
  const pinned = useWatched(habitsOf(server.key), pinnedOf);
  const sections = useMemo(() => sectionsOf(rooms, pinned), [rooms, pinned]);
  useNotices(server);
  const near = useNear((name) => {
    if (name !== shown) onNear(name);
  });
  const list = { server, shown };
  const stop = stopOf([...sections.pinned, ...sections.rooms, ...sections.people], shown);
  return (
    <div className={styles.sidebar}>
      <button type="button" className={styles.go} aria-keyshortcuts="Control+K Meta+K" onClick={goAnywhere}>
        <Search size={16} aria-hidden="true" />
        <span className={styles.where}>{words.go}</span>
        <span className={styles.keys} aria-hidden="true">
          {isApple ? "⌘ K" : "Ctrl K"}
        </span>
      </button>
      <nav className={styles.lists} aria-label={words.rooms} onKeyDown={moveFocus} {...near}>
        {sections.pinned.length > 0 && (
          <Section {...list} name="pinned" title={words.pinned} rooms={sections.pinned} stop={stop} />
        )}
        <Section
          {...list}
          name="rooms"
          title={words.rooms}
          rooms={sections.rooms}
          stop={stop}
          empty={words.noRooms}
          addLabel={words.addRoom}
          adding={[
            { label: words.browse, onChoose: () => go({ dialog: "browse" }) },
            { label: words.newRoom, onChoose: () => go({ dialog: "new-room" }) },
          ]}
        />
        <Section
          {...list}
          name="people"
          title={words.people}
          rooms={sections.people}
          stop={stop}
          empty={words.noPeople}
          addLabel={words.addPeople}
          adding={[
            { label: words.newConversation, onChoose: () => go({ dialog: "talk" }) },
            { label: words.tellSeveral, onChoose: () => go({ dialog: "tell" }) },
          ]}
        />
      </nav>
      <Foot server={server} />
    </div>
  );
}

/** Keys know the way; whoever has none, or not yet, is shown it. */
function goAnywhere(): void {
  go({ dialog: "switch" });
}

/** Tab leads to the room that is shown, or to the first. */
function stopOf(rooms: readonly Room[], shown: string): string {
  return rooms.find((room) => room.name === shown)?.name ?? rooms[0]?.name ?? "";
}

/** Arrows lead from room to room, over all sections. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || !(event.target as HTMLElement).matches("[data-room]"))
    return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-room]")];
  const at = links.indexOf(event.target as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  const link = next === undefined ? undefined : links[next];
  if (link === undefined) return;
  event.preventDefault();
  link.focus();
}
