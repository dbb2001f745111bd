import { type KeyboardEvent, memo, type ReactNode, useRef } from "react";
import { isolate } from "../../lib/bidi";
import { formats } from "../../lib/dates";
import type { MessageActions, MessageProps } from "../../model/message";
import { isMessage } from "../../model/revising";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Late } from "../../ui/Late";
import { useWords } from "../../words/words";
import { clip } from "./announcing";
import { Beginning } from "./Beginning";
import lines from "./EventLine.module.css";
import { eventLine, foldLine } from "./parts";
import styles from "./RowView.module.css";
import { DayRule, NewRule } from "./Rules";
import type { Row } from "./rows";

interface Props {
  server: Server;
  room: Room;
  row: Row;
  index: number;
  isEmpty: boolean;
  isHighlighted: boolean;
  /** What is unfolded. */
  opened: Set<number>;
  measure: (node: HTMLDivElement | null) => void;
  renderMessage: (props: MessageProps) => ReactNode;
}

/** One row of the list, with the lines that stand above it. */
export const RowView = memo(function RowView(props: Props) {
  const { server, row, index, measure } = props;
  return (
    <div ref={measure} data-index={index} className={styles.row}>
      {row.beginsDay && <DayRule timeMs={row.timeMs} nowMs={server.connection.place.nowMs()} />}
      {row.isFirstNew && <NewRule />}
      <Content {...props} />
    </div>
  );
});

function Content({ server, room, row, isEmpty, isHighlighted, opened, renderMessage }: Props) {
  switch (row.kind) {
    case "beginning":
      return <Beginning room={room} isEmpty={isEmpty} />;
    case "event":
      return <Late part={eventLine} props={{ record: row.record }} fallback={<ComingLine />} />;
    case "fold":
      return <Late part={foldLine} props={{ records: row.records, opened }} fallback={<ComingLine />} />;
    case "message":
      return (
        <MessageRow
          server={server}
          room={room}
          row={row}
          isHighlighted={isHighlighted}
          renderMessage={renderMessage}
        />
      );
  }
}

/** As high as the line that comes, so that nothing moves. */
function ComingLine() {
  return <p className={lines.line}>&nbsp;</p>;
}

interface MessageRowProps extends Pick<Props, "server" | "room" | "isHighlighted" | "renderMessage"> {
  row: Extract<Row, { kind: "message" }>;
}

function MessageRow({ server, room, row, isHighlighted, renderMessage }: MessageRowProps) {
  const words = useWords().timeline;
  const actions = useRef<MessageActions>(null);
  const { record, isContinued, outgoing } = row;
  const { event } = record;

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    actions.current?.open();
  }

  const said = isMessage(event) ? clip(event.text) : words.removed(event.name);
  return (
    <article
      className={styles.message}
      tabIndex={-1}
      data-stop
      data-continued={isContinued}
      data-highlighted={isHighlighted || undefined}
      aria-label={`${isolate(event.name)}: ${said} ${formats().time.format(record.time_ms)}`}
      onKeyDown={onKeyDown}
    >
      {renderMessage({ server, room, record, isContinued, outgoing, actions })}
    </article>
  );
}
