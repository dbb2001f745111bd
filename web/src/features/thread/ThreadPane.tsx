import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { tellError } from "../../lib/toasts";
import { isTouched } from "../../lib/touch";
import { useWatched } from "../../lib/useWatched";
import type { Connection } from "../../model/connection";
import type { MessageProps } from "../../model/message";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Thread } from "../../model/thread";
import { Button } from "../../ui/Button";
import { Pane } from "../../ui/Pane";
import { Spinner } from "../../ui/Spinner";
import { parseMessageId } from "../../wire/kinds";
import { useWords } from "../../words/words";
import { FollowButton } from "./FollowButton";
import { ThreadLine } from "./ThreadLine";
import styles from "./ThreadPane.module.css";
import { useWalk } from "./useWalk";

const isOnlineNow = (connection: Connection) => connection.status.kind === "online";
const recordsOf = (thread: Thread) => thread.records;
const isLoadedIn = (thread: Thread) => thread.isLoaded;
const isWholeIn = (thread: Thread) => thread.isWhole;

interface Props {
  server: Server;
  room: Room;
  /** The id of a message of the thread. */
  rest: string;
  onClose: () => void;
  renderMessage: (props: MessageProps) => ReactNode;
  renderComposer: (props: { server: Server; room: Room; thread: string }) => ReactNode;
}

/** A message, what answers it, and where one answers. */
export function ThreadPane({ server, room, rest, onClose, renderMessage, renderComposer }: Props) {
  const words = useWords();
  const first = parseMessageId(rest)?.seq ?? 0;
  const thread = useThread(server, room, first);
  const records = useWatched(thread, recordsOf);
  const isLoaded = useWatched(thread, isLoadedIn);
  const part = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useEnd(scroller, records.at(-1)?.seq ?? 0);
  const onKeyDown = useWalk(scroller);

  useLayoutEffect(() => {
    // After the pane, which goes to its heading: who may not write here, or has no keyboard, reads.
    if (!isTouched()) part.current?.querySelector("textarea")?.focus();
  }, []);

  return (
    <Pane title={words.threads.heading(room.name)} onClose={onClose}>
      <div ref={part} className={styles.thread}>
        <div
          ref={scroller}
          className={styles.scroller}
          role="feed"
          aria-label={words.threads.messages}
          aria-busy={!isLoaded}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (axe: scrollable-region-focusable)
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          <div>
            {!isLoaded && <Spinner label={words.general.loading} />}
            {records.map((record, place) => (
              <div key={record.seq}>
                <ThreadLine
                  {...{ server, room, record, thread: first, renderMessage }}
                  before={records[place - 1]}
                />
                {record.seq === first && <Between thread={thread} count={record.note?.replies ?? 0} />}
              </div>
            ))}
          </div>
        </div>
        <FollowButton server={server} room={room} thread={first} />
        {renderComposer({ server, room, thread: rest })}
      </div>
    </Pane>
  );
}

/** How many answers there are, and a way to those that are not here yet. */
function Between({ thread, count }: { thread: Thread; count: number }) {
  const words = useWords().threads;
  const isWhole = useWatched(thread, isWholeIn);
  return (
    <div className={styles.between}>
      <span>{words.replies(count)}</span>
      {!isWhole && (
        <Button data-stop tabIndex={-1} onClick={() => thread.loadOlder().catch(tellError)}>
          {words.earlier}
        </Button>
      )}
    </div>
  );
}

/** Return the thread, which is asked for, kept up to date, and read as long as it is looked at. */
function useThread(server: Server, room: Room, first: number): Thread {
  const thread = useMemo(() => new Thread(server, room, first), [server, room, first]);

  const isOnline = useWatched(server.connection, isOnlineNow);

  useEffect(() => thread.listen(), [thread]);

  useEffect(() => {
    if (isOnline) thread.load().catch(tellError);
  }, [thread, isOnline]);

  useReadMark(server, room, first);
  return thread;
}

const threadsOf = (room: Room) => room.threads;

/** What is looked at is read. */
function useReadMark(server: Server, room: Room, first: number): void {
  const unread = useWatched(room, threadsOf).get(first)?.count ?? 0;
  const { connection } = server;

  useEffect(() => {
    if (unread === 0 || document.visibilityState !== "visible") return;
    room.markRead(room.seq, connection.place.you.id, first);
    const message = `${room.id}-${first}`;
    // Where it cannot be told now, it is told as unread again after coming back.
    connection.ask({ type: "mark_message", message, is_thread: true }).catch(() => undefined);
  }, [connection, room, first, unread]);
}

/** Stay at the end whenever something new is there, unless somebody reads further up. */
function useEnd(scroller: { readonly current: HTMLElement | null }, last: number): void {
  const [seen] = useState({ height: 0 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is another last message
  useLayoutEffect(() => {
    const shown = scroller.current;
    if (shown === null) return;
    const wasAtEnd = shown.scrollTop + shown.clientHeight >= seen.height - 100;
    if (wasAtEnd) shown.scrollTo({ top: shown.scrollHeight });
    seen.height = shown.scrollHeight;
  }, [last]);
}
