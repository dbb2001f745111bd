import { Pin } from "lucide-react";
import { memo, useImperativeHandle, useRef, useState } from "react";
import { useWatched } from "../../lib/useWatched";
import type { MessageProps } from "../../model/message";
import type { Room } from "../../model/room";
import { Avatar } from "../../ui/Avatar";
import { Late } from "../../ui/Late";
import { useWords } from "../../words/words";
import { toggleReaction } from "./acts";
import { Content } from "./Content";
import styles from "./Message.module.css";
import { MessageHead } from "./MessageHead";
import { OutgoingState } from "./OutgoingState";
import { actionMenu, emojiPicker, toolbar } from "./parts";
import { Reactions } from "./Reactions";
import { ThreadHint } from "./ThreadHint";
import { shortTime } from "./times";
import { useLongPress } from "./useLongPress";

const pinsOf = (room: Room) => room.pins;

/** What lies over a message: what can be done with it, or the emoji to choose from. Each opening is another one. */
interface Over {
  readonly kind: "menu" | "emoji";
  readonly turn: number;
}

let turns = 0;

/** One message; the list puts it into an `article`, which has the focus. */
export const Message = memo(function Message(props: MessageProps) {
  const { server, room, record, isContinued, outgoing, thread, isAmongPins, actions } = props;
  const [isNear, setNear] = useState(false);
  const [over, setOver] = useState<Over>();
  const root = useRef<HTMLDivElement>(null);
  const point = useRef<DOMRect | undefined>(undefined);
  const isStored = outgoing === undefined && record.seq > 0;
  const hasHead = !isContinued || isNear;

  const open = (at?: DOMRect) => {
    point.current = at;
    if (isStored) show("menu");
  };
  const show = (kind: "menu" | "emoji") => setOver({ kind, turn: ++turns });
  const press = useLongPress(open);
  useImperativeHandle(actions, () => ({ open: () => open() }));

  const beside = () => point.current ?? root.current?.getBoundingClientRect();
  // Told late: by then another may be open, or what was chosen has the focus.
  const close = () => {
    setOver((now) => (now?.turn === over?.turn ? undefined : now));
    if (document.activeElement === document.body)
      root.current?.closest("article")?.focus({ preventScroll: true });
  };

  return (
    <div
      ref={root}
      className={styles.message}
      data-continued={isContinued}
      data-time={hasHead ? undefined : shortTime(record.time_ms)}
      data-outgoing={outgoing?.state.kind}
      data-over={over?.kind}
      onPointerEnter={(event) => setNear(event.pointerType !== "touch")}
      onPointerLeave={() => setNear(false)}
      {...press}
    >
      {!isContinued && <Avatar name={record.event.name} />}
      <div className={styles.body}>
        {hasHead && <MessageHead record={record} />}
        {!isAmongPins && <PinMark room={room} seq={record.seq} />}
        <Content server={server} room={room} record={record} thread={thread} />
        {outgoing && <OutgoingState server={server} entry={outgoing} />}
        <Reactions record={record} server={server} />
        {leadsToThread(props) && (
          <ThreadHint record={record} room={room} nowMs={server.connection.place.nowMs()} />
        )}
      </div>
      {isStored && (isNear || over !== undefined) && (
        <Late part={toolbar} props={{ context: props, pickReaction: () => show("emoji"), openMenu: open }} />
      )}
      {over && (
        <Opened
          key={over.turn}
          kind={over.kind}
          context={props}
          beside={beside}
          pickReaction={() => show("emoji")}
          onClose={close}
        />
      )}
    </div>
  );
});

function leadsToThread({ record, thread }: MessageProps): boolean {
  return (record.note?.replies ?? 0) > 0 && thread === undefined;
}

interface OpenedProps {
  kind: Over["kind"];
  context: MessageProps;
  beside: () => DOMRect | undefined;
  pickReaction: () => void;
  onClose: () => void;
}

function Opened({ kind, context, beside, pickReaction, onClose }: OpenedProps) {
  if (kind === "menu") return <Late part={actionMenu} props={{ context, beside, pickReaction, onClose }} />;
  const onPick = (emoji: string) => void toggleReaction(context.server, context.record, emoji);
  return <Late part={emojiPicker} props={{ beside, onPick, onClose }} />;
}

function PinMark({ room, seq }: { room: Room; seq: number }) {
  const isPinned = useWatched(room, pinsOf)?.includes(seq) ?? false;
  return isPinned && <Pinned />;
}

function Pinned() {
  const words = useWords().message;
  return (
    <span className={styles.pinned}>
      <Pin size={13} aria-hidden="true" /> {words.pinned}
    </span>
  );
}
