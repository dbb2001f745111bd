import { ChevronDown, Plus } from "lucide-react";
import { useId, useMemo } from "react";
import { useWatched } from "../../lib/useWatched";
import { habitsOf } from "../../model/habits";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { MenuButton } from "../../ui/MenuButton";
import type { MenuItem } from "../../ui/PopupMenu";
import { plainMenu } from "../../ui/parts";
import { RoomLink } from "./RoomLink";
import styles from "./Section.module.css";

interface Props {
  server: Server;
  /** What it is kept as whether it is folded. */
  name: string;
  title: string;
  rooms: readonly Room[];
  /** The room that is shown, by its name. */
  shown: string;
  /** The room to which Tab leads. */
  stop: string;
  /** What is said where there are none. */
  empty?: string;
  addLabel?: string;
  adding?: readonly MenuItem[];
}

/** Some of the rooms, under a title that folds them; the one that is shown, and what is unread, stays. */
export function Section({ server, name, title, rooms, shown, stop, empty, addLabel, adding }: Props) {
  const id = useId();
  const habits = habitsOf(server.key);
  const isFolded = useWatched(
    habits,
    useMemo(() => (one) => one.isFolded(name), [name]),
  );
  const listed = isFolded ? rooms.filter((room) => room.name === shown || room.unread.count > 0) : rooms;
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={!isFolded}
            onClick={() => habits.fold(name, !isFolded)}
          >
            <ChevronDown size={14} className={styles.arrow} aria-hidden="true" />
            {title}
          </button>
        </h2>
        {adding && addLabel && (
          <MenuButton label={addLabel} menu={plainMenu} own={{ items: adding }} className={styles.add ?? ""}>
            <Plus size={18} />
          </MenuButton>
        )}
      </header>
      {rooms.length === 0 && empty && !isFolded && <p className={styles.empty}>{empty}</p>}
      <ul>
        {listed.map((room) => (
          <li key={room.id}>
            <RoomLink server={server} room={room} isShown={room.name === shown} isStop={room.name === stop} />
          </li>
        ))}
      </ul>
    </section>
  );
}
