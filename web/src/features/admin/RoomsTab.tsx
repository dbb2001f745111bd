import { useCallback, useMemo, useState } from "react";
import { go } from "../../lib/history";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import { useAsked } from "../../lib/useAsked";
import { filterRooms, type Listed, listRooms } from "../../model/directory";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Problem } from "../../ui/Problem";
import { VirtualList } from "../../ui/VirtualList";
import { useLateWords } from "../../words/words";
import styles from "./admin.module.css";

const nameOf = (room: Listed) => room.name;
const NONE: readonly Listed[] = [];

/** All rooms, private and hidden ones as well: administrators act as owners of each. */
export function RoomsTab({ server }: { server: Server }) {
  const words = useLateWords();
  const { connection } = server;
  const { value, problem, again } = useAsked(useCallback(() => listRooms(connection), [connection]));
  const acting = useAct();
  const [text, setText] = useState("");
  const rooms = useMemo(() => filterRooms(value ?? NONE, text), [value, text]);

  async function archive(room: Listed) {
    const change = { is_archived: !room.is_archived };
    if (!(await acting.act(() => connection.ask({ type: "change_settings", room: room.name, change }))))
      return;
    tell(words.governing.saved);
    again();
  }

  async function govern(room: Listed) {
    const isIn = await acting.act(async () => {
      if (!room.joined) await connection.ask({ type: "join", room: room.name });
    });
    if (isIn) go({ view: { kind: "room", name: room.name }, dialog: "room/general" });
  }

  return (
    <div className={styles.group}>
      <Field
        label={words.making.filter}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Problem text={acting.problem || problem} />
      <p role="status" className={styles.soft}>
        {value && words.making.roomsFound(rooms.length)}
      </p>
      <div className={styles.rooms}>
        <VirtualList label={words.admin.tabs.rooms} items={rooms} keyOf={nameOf} height={56}>
          {(room) => (
            <div className={styles.item}>
              <div className={styles.what}>
                <p dir="auto">{room.name}</p>
                <p className={styles.soft}>
                  {[
                    words.making.members(room.member_count),
                    room.access === "private" && words.admin.isPrivate,
                    room.is_hidden && words.admin.isHidden,
                    room.is_archived && words.rooms.archived,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
              </div>
              <div className={styles.buttons}>
                <Button onClick={() => void archive(room)}>
                  {room.is_archived ? words.admin.unarchive : words.admin.archive}
                </Button>
                <Button
                  aria-label={`${words.header.settings}: ${room.name}`}
                  onClick={() => void govern(room)}
                >
                  {room.joined ? words.header.settings : words.admin.joinAndGovern}
                </Button>
              </div>
            </div>
          )}
        </VirtualList>
      </div>
    </div>
  );
}
