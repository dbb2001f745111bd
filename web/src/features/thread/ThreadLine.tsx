import { type ReactNode, useRef } from "react";
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
  return (
    <article
      className={styles.line}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: articles of a feed have the focus, https://www.w3.org/WAI/ARIA/apg/patterns/feed/
      tabIndex={0}
      data-continued={isContinued}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target === event.currentTarget) actions.current?.open();
      }}
    >
      {renderMessage({ server, room, record, isContinued, outgoing: undefined, thread, actions })}
    </article>
  );
}
