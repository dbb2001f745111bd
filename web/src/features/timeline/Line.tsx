import { type ReactNode, useRef } from "react";
import type { MessageActions, MessageProps } from "../../model/message";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { HubRecord } from "../../wire/kinds";
import { useWords } from "../../words/words";
import styles from "./TimelineView.module.css";

interface Props {
  server: Server;
  room: Room;
  record: HubRecord;
  renderMessage: (props: MessageProps) => ReactNode;
}

/** One thing that happened. */
export function Line({ server, room, record, renderMessage }: Props) {
  const words = useWords().timeline;
  const actions = useRef<MessageActions>(null);
  const { event } = record;
  switch (event.type) {
    case "said":
    case "announced":
    case "removed":
      return (
        <article className={styles.message}>
          {renderMessage({ server, room, record, isContinued: false, outgoing: undefined, actions })}
        </article>
      );
    case "joined":
      return <p className={styles.notice}>{words.joined(event.name)}</p>;
    case "left":
      return <p className={styles.notice}>{words.left(event.name)}</p>;
    default:
      return null;
  }
}
