import { useWatched } from "../../lib/useWatched";
import { hasArrived } from "../../model/arrival";
import type { Outgoing } from "../../model/outbox";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./OutgoingState.module.css";

/** What becomes of a message that is not stored, and what one can do about it. */
export function OutgoingState({ server, entry }: { server: Server; entry: Outgoing }) {
  const words = useWords().timeline;
  const { outbox } = server.connection;
  // Who writes faster than the server takes it waits as well.
  const isHere = useWatched(server.connection, hasArrived);
  switch (entry.state.kind) {
    case "sending":
      return <span className="visually-hidden">{words.sending}</span>;
    case "waiting":
      return (
        <p className={styles.waiting}>
          {isHere ? words.inTurn : words.waiting}
          <Button className={styles.action ?? ""} onClick={() => outbox.remove(entry.nonce)}>
            {words.discard}
          </Button>
        </p>
      );
    case "refused":
      return (
        <div className={styles.refused}>
          <p role="alert">{words.refused(entry.state.sentence)}</p>
          <Button className={styles.action ?? ""} onClick={() => server.connection.resend(entry.nonce)}>
            {words.retry}
          </Button>
          <Button className={styles.action ?? ""} onClick={() => takeBack(server, entry)}>
            {words.editRefused}
          </Button>
          <Button className={styles.action ?? ""} onClick={() => outbox.remove(entry.nonce)}>
            {words.discard}
          </Button>
        </div>
      );
  }
}

/** Put it back to where it was written, before what stands there by now. */
function takeBack(server: Server, entry: Outgoing): void {
  const desk = server.desks.at(entry.room);
  const written = desk.text === "" ? entry.text : `${entry.text}\n${desk.text}`;
  if (entry.replyTo) desk.reply(entry.replyTo);
  desk.write(written);
  for (const id of entry.files) desk.attach(server.uploads.describe(id));
  server.connection.outbox.remove(entry.nonce);
  document.getElementById("composer")?.focus();
}
