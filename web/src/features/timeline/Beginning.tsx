import { UserPlus } from "lucide-react";
import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import type { Room } from "../../model/room";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Beginning.module.css";

const nameOf = (room: Room) => room.name;

/** What stands before everything that was ever said in a room; in an empty one, it helps. */
export function Beginning({ room, isEmpty }: { room: Room; isEmpty: boolean }) {
  const words = useWords().timeline;
  const name = useWatched(room, nameOf);
  const isTalk = room.kind === "direct";
  return (
    <div className={styles.beginning}>
      <h2 className={styles.heading}>
        <bdi>{name.replace(/^@/, "")}</bdi>
      </h2>
      <p>{isEmpty ? (isTalk ? words.emptyTalk(name.slice(1)) : words.emptyRoom) : words.beginning(name)}</p>
      {isEmpty && (
        <ul className={styles.hints}>
          {room.kind === "channel" && room.access !== "private" && <li>{words.hints.invite}</li>}
          <li>{words.hints.formatting}</li>
          <li>{words.hints.keys}</li>
        </ul>
      )}
      {isEmpty && room.kind === "channel" && (
        <Button className={styles.invite ?? ""} onClick={() => go({ dialog: "invite" })}>
          <UserPlus size={18} /> {words.invite}
        </Button>
      )}
    </div>
  );
}
