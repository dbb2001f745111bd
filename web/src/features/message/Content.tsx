import { isOnlyEmoji } from "../../lib/markdown/emoji";
import { useWatched } from "../../lib/useWatched";
import { type Charter, charterOf } from "../../model/charter";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { type EventOf, type HubRecord, messageId, type Quote } from "../../wire/kinds";
import { useWords } from "../../words/words";
import { Files } from "./Files";
import styles from "./Message.module.css";
import { EditedMark } from "./MessageHead";
import { MessageText, OwnName } from "./MessageText";
import { ReplyQuote } from "./ReplyQuote";
import { useTree } from "./tree";

const isPlainIn = (charter: Charter) => charter.settings?.is_plain ?? false;

interface Props {
  server: Server;
  room: Room;
  record: HubRecord;
  /** The first message of the thread that is shown, if one is: that its answers answer it goes without saying. */
  thread: number | undefined;
}

/** What was said: in words, in files, or what is left of it. */
export function Content(props: Props) {
  const { event } = props.record;
  switch (event.type) {
    case "said":
      return <Said {...props} event={event} />;
    case "announced":
    case "confided":
      return (
        <Words
          {...props}
          text={event.text}
          isAction={event.type === "confided" && event.manner === "action"}
        />
      );
    case "removed":
      return <Removed event={event} />;
    default:
      return <Erased />;
  }
}

function Said({ event, ...props }: Props & { event: EventOf<"said"> }) {
  const { room, record, server, thread } = props;
  const { reply_to: answered = 0, files = [] } = event;
  const isPlain = useWatched(charterOf(server.connection, room), isPlainIn);
  return (
    <>
      {answered > 0 && answered !== thread && (
        <ReplyQuote room={room.id} seq={answered} quote={quoteOf(record, room, answered)} isPlain={isPlain} />
      )}
      {event.text !== "" && <Words {...props} text={event.text} isAction={event.manner === "action"} />}
      {files.length > 0 && <Files files={files} server={server} message={messageId(record)} />}
    </>
  );
}

/** What stands for the message that is answered: records that come live bring it, others may have it beside them. */
function quoteOf(record: HubRecord, room: Room, answered: number): Quote | undefined {
  if (record.quote) return record.quote;
  const event = room.shown.find(answered)?.event;
  if (event?.type !== "said") return undefined;
  const files = (event.files ?? []).map((file) => file.name).join(", ");
  return { name: event.name, text: event.text || files };
}

function Words({
  server,
  room,
  record,
  text,
  isAction,
}: Omit<Props, "thread"> & { text: string; isAction: boolean }) {
  const { place } = server.connection;
  const isPlain = useWatched(charterOf(server.connection, room), isPlainIn);
  const tree = useTree(record, text, place, isPlain);
  return (
    <OwnName value={place.you.name}>
      <div
        className={styles.text}
        data-large={!isPlain && isOnlyEmoji(text)}
        data-manner={isAction ? "action" : undefined}
      >
        {isAction && <bdi className={styles.actor}>{record.event.name}</bdi>}
        <MessageText tree={tree} />
        <EditedMark record={record} />
      </div>
    </OwnName>
  );
}

function Removed({ event }: { event: EventOf<"removed"> }) {
  const words = useWords();
  const { by, reason } = event;
  return (
    <p className={styles.gone}>
      {by ? words.timeline.removedBy(by) : words.timeline.removed(event.name)}
      {reason && <bdi>{words.message.because(reason)}</bdi>}
    </p>
  );
}

function Erased() {
  const words = useWords().message;
  return <p className={styles.gone}>{words.erased}</p>;
}
