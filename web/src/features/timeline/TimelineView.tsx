import { type ReactNode, useState } from "react";
import { useWatched } from "../../lib/useWatched";
import type { MessageProps } from "../../model/message";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Late } from "../../ui/Late";
import { useWords } from "../../words/words";
import { PageEdge } from "./PageEdge";
import { announcer, nowPill, unreadBar } from "./parts";
import { RowView } from "./RowView";
import styles from "./TimelineView.module.css";
import { Typing } from "./Typing";
import { useTimeline } from "./useTimeline";

interface Props {
  server: Server;
  room: Room;
  /** The message that the address names, by its `seq`. */
  target?: number | undefined;
  renderMessage: (props: MessageProps) => ReactNode;
}

const nameOf = (room: Room) => room.name;

/** What was said in a room. */
export function TimelineView({ server, room, target, renderMessage }: Props) {
  const words = useWords().timeline;
  const name = useWatched(room, nameOf);
  const timeline = useTimeline(server, room, target);
  const { rows, older, newer, unreadAbove } = timeline;
  const { virtualizer, scroller, gauge } = timeline.list;
  const [opened] = useState(() => new Set<number>());
  const isEmpty = !rows.some(({ kind }) => kind === "message");
  return (
    <div className={styles.view}>
      <div role="status">{timeline.isGone && <p className={styles.notice}>{words.gone}</p>}</div>
      <div className={styles.frame}>
        <div
          ref={scroller}
          className={styles.scroller}
          role="log"
          aria-live="off"
          aria-label={words.messages(name)}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (axe: scrollable-region-focusable)
          tabIndex={0}
          onKeyDown={timeline.onKeyDown}
          onFocus={timeline.onFocus}
        >
          <div ref={virtualizer.containerRef} className={styles.rows}>
            {virtualizer.getVirtualItems().map(({ index, key }) => {
              const row = rows[index];
              return (
                row && (
                  <RowView
                    key={key}
                    server={server}
                    room={room}
                    row={row}
                    index={index}
                    isEmpty={isEmpty}
                    opened={opened}
                    isHighlighted={target !== undefined && row.seq === target}
                    measure={virtualizer.measureElement}
                    renderMessage={renderMessage}
                  />
                )
              );
            })}
            <div className={styles.gauge}>
              <div ref={gauge} className={styles.gauge} />
            </div>
          </div>
        </div>
        <PageEdge page={older} side="older" />
        <PageEdge page={newer} side="newer" />
        {unreadAbove && (
          <Late
            part={unreadBar}
            props={{ ...unreadAbove, onJump: timeline.toUnread, onDismiss: timeline.erase }}
          />
        )}
        {!timeline.isAtNow && (
          <Late part={nowPill} props={{ count: timeline.newBelow, onJump: timeline.toNow }} />
        )}
      </div>
      <Typing room={room} />
      <Late part={announcer} props={{ server, room }} />
    </div>
  );
}
