import { CornerUpLeft, Ellipsis, MessageSquareText, SmilePlus } from "lucide-react";
import { type MouseEvent, type ReactNode, useEffect } from "react";
import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import type { MessageProps } from "../../model/message";
import type { Room } from "../../model/room";
import OpenMenu from "../../ui/OpenMenu";
import { messageId } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { learnPins } from "./deeds";
import styles from "./Toolbar.module.css";
import { deskOf, useActions } from "./useActions";

const pinsOf = (room: Room) => room.pins;

type Context = Pick<MessageProps, "server" | "room" | "record" | "thread">;

/** What is done most, beside the message that the pointer is on; the last button shows everything else. */
export function Toolbar({
  context,
  pickReaction,
  openMenu,
}: {
  context: Context;
  pickReaction: () => void;
  openMenu: (beside: DOMRect) => void;
}) {
  const words = useLateWords().deeds;
  const { room, record } = context;
  const { event } = record;
  const thread = (event.type === "said" && event.thread) || record.seq;
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={words.actions}>
      {event.type === "said" && (
        <>
          <Tool label={words.reactOther} onClick={pickReaction}>
            <SmilePlus size={17} />
          </Tool>
          <Tool label={words.reply} onClick={() => deskOf(context).reply(messageId(record))}>
            <CornerUpLeft size={17} />
          </Tool>
          {context.thread === undefined && (
            <Tool label={words.openThread} onClick={() => go({ side: `thread/${room.id}-${thread}` })}>
              <MessageSquareText size={17} />
            </Tool>
          )}
        </>
      )}
      <Tool label={words.actions} onClick={(event) => openMenu(event.currentTarget.getBoundingClientRect())}>
        <Ellipsis size={17} />
      </Tool>
    </div>
  );
}

interface ToolProps {
  label: string;
  onClick: (event: MouseEvent<HTMLElement>) => void;
  children: ReactNode;
}

function Tool({ label, onClick, children }: ToolProps) {
  return (
    <button type="button" className={styles.tool} aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  );
}

/** Everything that can be done with a message. */
export function ActionMenu({
  context,
  beside,
  pickReaction,
  onClose,
}: {
  context: Context;
  beside: () => DOMRect | undefined;
  pickReaction: () => void;
  onClose: () => void;
}) {
  const words = useLateWords().deeds;
  const { server, room } = context;
  // What is pinned is asked for once somebody wants to know.
  useWatched(room, pinsOf);
  const items = useActions(context, pickReaction);

  useEffect(() => {
    void learnPins(server, room);
  }, [server, room]);

  return <OpenMenu label={words.actions} items={items} beside={beside} onClose={onClose} />;
}
