import { useCallback, useMemo, useState } from "react";
import { go } from "../../lib/history";
import { useAsked } from "../../lib/useAsked";
import { filterRooms, type Listed, listRooms } from "../../model/directory";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Spinner } from "../../ui/Spinner";
import { VirtualList } from "../../ui/VirtualList";
import { useLateWords } from "../../words/words";
import styles from "./BrowseDialog.module.css";
import { ListedRoom } from "./ListedRoom";
import { asRoomName } from "./naming";

const nameOf = (room: Listed) => room.name;
const NONE: readonly Listed[] = [];

/** All rooms that one may know of, and the way into each; those that are in no list are found by their name. */
export default function BrowseDialog({ server, onClose }: { server: Server; onClose: () => void }) {
  const words = useLateWords();
  const { connection } = server;
  const { value, problem, again } = useAsked(useCallback(() => listRooms(connection), [connection]));
  const [text, setText] = useState("");
  const rooms = useMemo(() => filterRooms(value ?? NONE, text), [value, text]);
  const name = text.trim().replace(/^#/, "");
  const isUnlisted =
    name !== "" && !rooms.some((room) => room.name.toLocaleLowerCase() === `#${name.toLocaleLowerCase()}`);
  return (
    <Dialog title={words.making.browse} size="large" onClose={onClose}>
      <div className={styles.browse}>
        <div className={styles.tools}>
          <input
            type="search"
            className={styles.search}
            aria-label={words.making.filter}
            placeholder={words.making.filter}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button onClick={() => go({ dialog: "new-room" })}>{words.making.newRoom}</Button>
        </div>
        <p role="status" className={styles.count}>
          {value && words.making.roomsFound(rooms.length)}
        </p>
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem} <Button onClick={again}>{words.general.retry}</Button>
          </p>
        )}
        {value === undefined && !problem && <Spinner label={words.general.loading} />}
        {value && rooms.length === 0 && !isUnlisted && <p className={styles.none}>{words.making.noRooms}</p>}
        {value && isUnlisted && (
          <div className={styles.unlisted}>
            {rooms.length === 0 && <p>{words.making.noRoomFits}</p>}
            <p className={styles.none}>{words.making.hiddenHint}</p>
            <ListedRoom key={name} server={server} room={unlisted(name)} isListed={false} onChanged={again} />
          </div>
        )}
        <VirtualList label={words.making.browse} items={rooms} keyOf={nameOf} height={64}>
          {(room) => <ListedRoom server={server} room={room} isListed onChanged={again} />}
        </VirtualList>
      </div>
    </Dialog>
  );
}

function unlisted(name: string): Listed {
  return { name: asRoomName(name), topic: "", member_count: 0, joined: false };
}
