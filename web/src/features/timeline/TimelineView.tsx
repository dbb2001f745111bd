import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useWatched } from "../../lib/useWatched";
import type { MessageProps } from "../../model/message";
import type { Outbox } from "../../model/outbox";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { useWords } from "../../words/words";
import { Line } from "./Line";
import styles from "./TimelineView.module.css";

const recordsOf = (room: Room) => room.timeline.records;
const outgoingOf = (outbox: Outbox) => outbox.entries;

interface Props {
  server: Server;
  room: Room;
  renderMessage: (props: MessageProps) => ReactNode;
}

/** What was said in a room. */
export function TimelineView({ server, room, renderMessage }: Props) {
  const words = useWords().timeline;
  const records = useWatched(room, recordsOf);
  const outgoing = useWatched(server.connection.outbox, outgoingOf).filter(
    (entry) => entry.room === room.name,
  );
  const scroller = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is more, the end is shown
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [records, outgoing.length]);

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="log"
      aria-live="off"
      aria-label={words.messages(room.name)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (axe: scrollable-region-focusable)
      tabIndex={0}
    >
      {records.length === 0 && <p className={styles.notice}>{words.empty}</p>}
      {records.map((record) => (
        <Line key={record.seq} server={server} room={room} record={record} renderMessage={renderMessage} />
      ))}
      {outgoing.map((entry) => (
        <p key={entry.nonce} className={entry.state.kind === "refused" ? styles.refused : styles.pending}>
          {entry.text} {entry.state.kind === "refused" && words.refused(entry.state.sentence)}
        </p>
      ))}
    </div>
  );
}
