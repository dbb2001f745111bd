import type { MouseEvent } from "react";
import { currentRoute, go } from "../../lib/history";
import { type View, writeRoute } from "../../lib/routes";
import { useLateWords } from "../../words/words";
import styles from "./People.module.css";

/** The rooms in which both are. */
export function SharedRooms({ rooms }: { rooms: readonly string[] }) {
  const words = useLateWords().people;
  if (rooms.length === 0) return <p className={styles.hint}>{words.noRooms}</p>;
  return (
    <section>
      <h3 className={styles.title}>{words.rooms}</h3>
      <ul className={styles.rooms}>
        {rooms.map((name) => (
          <li key={name}>
            <RoomLink name={name} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RoomLink({ name }: { name: string }) {
  const view: View = { kind: "room", name };
  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go({ view });
  }
  return (
    <a
      className={styles.room}
      href={writeRoute({ ...currentRoute(), view, side: "", dialog: "" })}
      onClick={open}
      dir="auto"
    >
      {name}
    </a>
  );
}
