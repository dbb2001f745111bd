import { SendHorizontal } from "lucide-react";
import type { FormEvent, KeyboardEvent } from "react";
import { useWatched } from "../../lib/useWatched";
import type { Desk } from "../../model/desk";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Composer.module.css";

const textOf = (desk: Desk) => desk.text;

/** Where one writes. */
export function Composer({ server, room }: { server: Server; room: Room }) {
  const words = useWords().composer;
  const desk = server.desks.at(room.name);
  const text = useWatched(desk, textOf);

  function send(event: FormEvent) {
    event.preventDefault();
    if (text.trim() === "") return;
    server.connection.say({ room: room.name, text, replyTo: desk.replyingTo });
    desk.clear();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  }

  return (
    <form className={styles.composer} onSubmit={send}>
      <textarea
        id="composer"
        className={styles.text}
        aria-label={words.write(room.name)}
        placeholder={words.write(room.name)}
        rows={1}
        dir="auto"
        value={text}
        onChange={(event) => desk.write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button look="primary" type="submit" aria-label={words.send}>
        <SendHorizontal size={20} />
      </Button>
    </form>
  );
}
