import { ArrowLeft } from "lucide-react";
import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import type { Room } from "../../model/room";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./RoomHeader.module.css";

const topicOf = (room: Room) => room.topic;
const nameOf = (room: Room) => room.name;
const countOf = (room: Room) => room.memberCount;

/** What a room is called and what it is about. */
export function RoomHeader({ room }: { room: Room }) {
  const words = useWords();
  const name = useWatched(room, nameOf);
  const topic = useWatched(room, topicOf);
  const count = useWatched(room, countOf);
  return (
    <header className={styles.header}>
      <Button
        look="icon"
        className={styles.back ?? ""}
        aria-label={words.rooms.menu}
        onClick={() => go({ view: { kind: "home" } })}
      >
        <ArrowLeft size={20} />
      </Button>
      <h1 className={styles.name} dir="auto">
        {name}
      </h1>
      <p className={styles.topic} dir="auto">
        {topic?.text ?? (room.kind === "channel" ? words.rooms.members(count) : "")}
      </p>
    </header>
  );
}
