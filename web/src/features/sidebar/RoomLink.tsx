import { BellOff, MoreHorizontal, PencilLine } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, memo, useMemo, useRef } from "react";
import { currentRoute, go } from "../../lib/history";
import { writeRoute } from "../../lib/routes";
import { useWatched } from "../../lib/useWatched";
import type { Desk } from "../../model/desk";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { titleOf } from "../../model/titles";
import { MenuButton } from "../../ui/MenuButton";
import { useWords } from "../../words/words";
import { roomMenu } from "./parts";
import styles from "./RoomLink.module.css";
import { RoomMark } from "./RoomMark";

const countOf = (room: Room) => room.unread.count;
const mentionsOf = (room: Room) => room.unread.mentions;
const isBegun = (desk: Desk) => desk.unsaid.trim() !== "";

interface Props {
  server: Server;
  room: Room;
  isShown: boolean;
  /** Whether Tab leads to it: to one of the list, and arrows to the others. */
  isStop: boolean;
}

/** The way into one room, what is unread there, and what may be done with it. Going to one draws two of them anew. */
export const RoomLink = memo(function RoomLink({ server, room, isShown, isStop }: Props) {
  const words = useWords().sidebar;
  const row = useRef<HTMLDivElement>(null);
  const title = useWatched(room, titleOf);
  const count = useWatched(room, countOf, "frame");
  const mentions = useWatched(room, mentionsOf, "frame");
  const isDraft = useWatched(server.desks.at(room.name), isBegun) && !isShown;
  const isMuted = useWatched(
    server.levels,
    useMemo(() => (levels) => levels.isMuted(room), [room]),
  );
  const view = { kind: "room", name: room.name } as const;
  const loud = room.kind === "direct" && !isMuted ? count : mentions;
  const isBold = count > 0 && !isMuted;

  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go({ view });
  }

  function openMenu(event: MouseEvent | KeyboardEvent) {
    event.preventDefault();
    row.current?.querySelector<HTMLElement>("[aria-haspopup=menu]")?.click();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a right click is a shortcut to the button in it
    <div ref={row} className={styles.row} data-muted={isMuted} data-unread={isBold} onContextMenu={openMenu}>
      <a
        className={styles.link}
        href={writeRoute({ view, side: "", dialog: "", server: currentRoute().server })}
        aria-current={isShown ? "page" : undefined}
        data-room={room.name}
        tabIndex={isStop ? 0 : -1}
        onClick={open}
        onKeyDown={(event) => isMenuKey(event) && openMenu(event)}
      >
        <RoomMark server={server} room={room} />
        <span className={styles.name} dir="auto">
          {title}
        </span>
        {isDraft && <PencilLine size={14} className={styles.draft} role="img" aria-label={words.draft} />}
        {loud > 0 && (
          <span className={styles.badge}>
            {shorten(loud)}
            <span className="visually-hidden"> {words.calls(loud)}</span>
          </span>
        )}
        {loud === 0 && isBold && (
          <span className={styles.count}>
            {shorten(count)}
            <span className="visually-hidden"> {words.unread}</span>
          </span>
        )}
        {isMuted && (
          <>
            <BellOff size={14} className={styles.draft} aria-hidden="true" />
            <span className="visually-hidden">{words.isMuted}</span>
          </>
        )}
      </a>
      <MenuButton
        label={words.actionsOf(title)}
        menu={roomMenu}
        own={{ server, room }}
        className={styles.more ?? ""}
        tabIndex={-1}
      >
        <MoreHorizontal size={18} />
      </MenuButton>
    </div>
  );
});

function isMenuKey(event: KeyboardEvent): boolean {
  return event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey) || event.key === "ArrowRight";
}

/** More than that nobody counts. */
function shorten(count: number): string {
  return count > 99 ? "99+" : String(count);
}
