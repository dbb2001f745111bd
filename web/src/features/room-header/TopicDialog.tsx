import { useState } from "react";
import { tell } from "../../lib/toasts";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { FormDialog } from "../../ui/FormDialog";
import { TextArea } from "../../ui/TextArea";
import { useLateWords } from "../../words/words";
import styles from "./RoomHeader.module.css";

interface Props {
  server: Server;
  room: Room;
  mayChange: boolean;
  onClose: () => void;
}

/** All of what a room is about, and who said so; whoever may says something else. */
export function TopicDialog({ server, room, mayChange, onClose }: Props) {
  const words = useLateWords().header;
  const { topic } = room;
  const [isChanging, setChanging] = useState(topic === null);
  const [text, setText] = useState(topic?.text ?? "");

  async function change() {
    await server.connection.ask({ type: "set_topic", room: room.name, text: text.trim() });
    tell(words.topicChanged);
  }

  if (isChanging)
    return (
      <FormDialog title={words.changeTopic} action={words.save} onSubmit={change} onClose={onClose}>
        <TextArea
          label={words.topic}
          hint={words.topicHint}
          value={text}
          dir="auto"
          onChange={(event) => setText(event.target.value.replaceAll("\n", " "))}
        />
      </FormDialog>
    );
  return (
    <Dialog title={words.topic} onClose={onClose}>
      <p className={styles.whole} dir="auto">
        {topic?.text}
      </p>
      {topic && <p className={styles.by}>{words.topicBy(topic.name, showTime(topic.time_ms))}</p>}
      <p>
        {mayChange ? (
          <Button onClick={() => setChanging(true)}>{words.changeTopic}</Button>
        ) : (
          <span className={styles.by}>{words.topicLocked}</span>
        )}
      </p>
    </Dialog>
  );
}

function showTime(timeMs: number): string {
  return new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(timeMs);
}
