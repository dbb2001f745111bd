import { useState } from "react";
import { useWatched } from "../../lib/useWatched";
import { charterOf } from "../../model/charter";
import { may } from "../../model/ranks";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Late } from "../../ui/Late";
import { useWords } from "../../words/words";
import { topicDialog } from "./parts";
import styles from "./RoomHeader.module.css";

const topicOf = (room: Room) => room.topic;
const isArchived = (room: Room) => room.isArchived;

/** What a room is about, in one line; a click shows all of it. */
export function Topic({ server, room }: { server: Server; room: Room }) {
  const words = useWords().rooms;
  const topic = useWatched(room, topicOf);
  const archived = useWatched(room, isArchived);
  const charter = charterOf(server.connection, room);
  const mayChange = useWatched(
    charter,
    () => !charter.settings?.is_topic_locked || may(charter.own, "set_locked_topic"),
  );
  const [isOpen, setOpen] = useState(false);
  if (!topic && (!mayChange || archived))
    return archived ? <p className={styles.status}>{words.archived}</p> : null;
  return (
    <>
      <button
        type="button"
        className={styles.topic}
        dir="auto"
        title={topic ? words.readTopic : undefined}
        onClick={() => setOpen(true)}
      >
        {archived && `${words.archived} · `}
        {topic?.text ?? words.noTopic}
      </button>
      {isOpen && (
        <Late
          part={topicDialog}
          props={{ server, room, mayChange: mayChange && !archived, onClose: () => setOpen(false) }}
        />
      )}
    </>
  );
}
