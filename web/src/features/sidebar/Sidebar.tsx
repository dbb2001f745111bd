import { useWatched } from "../../lib/useWatched";
import type { Place } from "../../model/place";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { useWords } from "../../words/words";
import { RoomLink } from "./RoomLink";
import styles from "./Sidebar.module.css";

const roomsOf = (place: Place) => [...place.rooms.values()];

/** The rooms that one is in, and the conversations that one has. */
export function Sidebar({ server, shown }: { server: Server; shown: string }) {
  const words = useWords().rooms;
  const rooms = useWatched(server.connection.place, roomsOf);
  return (
    <nav className={styles.sidebar} aria-label={words.rooms}>
      <Rooms title={words.rooms} rooms={rooms.filter((room) => room.kind === "channel")} shown={shown} />
      <Rooms title={words.people} rooms={rooms.filter((room) => room.kind === "direct")} shown={shown} />
    </nav>
  );
}

function Rooms({ title, rooms, shown }: { title: string; rooms: Room[]; shown: string }) {
  if (rooms.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      <ul>
        {rooms.map((room) => (
          <li key={room.id}>
            <RoomLink room={room} isShown={room.name === shown} />
          </li>
        ))}
      </ul>
    </section>
  );
}
