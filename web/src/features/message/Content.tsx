import { isOnlyEmoji } from "../../lib/markdown/emoji";
import { useWatched } from "../../lib/useWatched";
import { type Charter, charterOf } from "../../model/charter";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { type EventOf, type HubEvent, type HubRecord, messageId, type Quote } from "../../wire/kinds";
import { useWords } from "../../words/words";
import { Files } from "./Files";
import styles from "./Message.module.css";
import { EditedMark } from "./MessageHead";
import { MessageText, OwnName } from "./MessageText";
import { ReplyQuote } from "./ReplyQuote";
import { useTree } from "./tree";

const isPlainIn = (charter: Charter) => charter.isPlain;

interface Props {
  server: Server;
  room: Room;
  record: HubRecord;
  /** The first message of the thread that is shown, if one is: that its answers answer it goes without saying. */
  thread: number | undefined;
}

interface SayingProps extends Props {
  /** Whether nothing is a mark there. */
  isPlain: boolean;
}

/** What was said: in words, in files, or what is left of it. */
export function Content(props: Props) {
  const { event } = props.record;
  const isPlain = useWatched(charterOf(props.server.connection, props.room), isPlainIn);
  switch (event.type) {
    case "said":
      return <Said {...props} isPlain={isPlain} event={event} />;
    case "announced":
    case "confided":
      return (
        <Words
          {...props}
          isPlain={isPlain}
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

function Said({ event, ...props }: SayingProps & { event: EventOf<"said"> }) {
  const { room, record, server, thread, isPlain } = props;
  const { reply_to: answered = 0, files = [] } = event;
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

interface WordsProps extends Omit<SayingProps, "room" | "thread"> {
  text: string;
  isAction: boolean;
}

function Words({ server, record, text, isAction, isPlain }: WordsProps) {
  const { place } = server.connection;
  const tree = useTree(record, text, place, isPlain);
  const edited = record.note?.edited_ms ?? 0;
  return (
    <div
      className={styles.text}
      data-large={!isPlain && isOnlyEmoji(text)}
      data-manner={isAction ? "action" : undefined}
    >
      {isAction && <bdi className={styles.actor}>{record.event.name}</bdi>}
      {callsSomebody(record.event) ? (
        <OwnName value={place.you.name}>
          <MessageText tree={tree} />
        </OwnName>
      ) : (
        <MessageText tree={tree} />
      )}
      {edited > 0 && <EditedMark record={record} edited={edited} />}
    </div>
  );
}

function callsSomebody(event: HubEvent): boolean {
  return event.type === "said" && (event.calls_all === true || (event.mentions ?? []).length > 0);
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
