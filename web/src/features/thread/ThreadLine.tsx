import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { MessageActions, MessageProps } from "../../model/message";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { HubRecord } from "../../wire/kinds";
import styles from "./ThreadPane.module.css";

/** How long somebody goes on saying the same thing, in milliseconds. */
const GROUPED_MS = 5 * 60_000;

interface Props {
  server: Server;
  room: Room;
  record: HubRecord;
  before: HubRecord | undefined;
  thread: number;
  renderMessage: (props: MessageProps) => ReactNode;
}

/** One message of a thread. */
export function ThreadLine({ server, room, record, before, thread, renderMessage }: Props) {
  const actions = useRef<MessageActions>(null);
  const isContinued =
    before !== undefined &&
    before.seq !== thread &&
    before.event.author === record.event.author &&
    record.time_ms - before.time_ms <= GROUPED_MS;

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    actions.current?.open();
  }

  return (
    <article
      className={styles.line}
      tabIndex={-1}
      data-stop
      data-continued={isContinued}
      onKeyDown={onKeyDown}
    >
      {renderMessage({ server, room, record, isContinued, outgoing: undefined, thread, actions })}
    </article>
  );
}
