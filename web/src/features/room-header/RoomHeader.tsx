import { ArrowLeft, BellOff, MoreVertical, Pin, Search, UserRound, Users } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { go, useRoute } from "../../lib/history";
import { NARROW, useMedia } from "../../lib/useMedia";
import { useWatched } from "../../lib/useWatched";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { titleOf } from "../../model/titles";
import { Button } from "../../ui/Button";
import { MenuButton } from "../../ui/MenuButton";
import { useWords } from "../../words/words";
import { headerMenu } from "./parts";
import styles from "./RoomHeader.module.css";
import { Status } from "./Status";
import { searchSide } from "./searchSide";
import { Topic } from "./Topic";

const countOf = (room: Room) => room.memberCount;

/** What a room is called and what it is about, who is in it, and what else there is to it. */
export function RoomHeader({ server, room }: { server: Server; room: Room }) {
  const words = useWords().rooms;
  const { isMuted: muted } = useWords().sidebar;
  const isMuted = useWatched(
    server.levels,
    useMemo(() => (levels) => levels.isMuted(room), [room]),
  );
  const title = useWatched(room, titleOf);
  const count = useWatched(room, countOf);
  const isNarrow = useMedia(NARROW);
  const isDirect = room.kind === "direct";
  return (
    <header className={styles.header}>
      <Button
        look="icon"
        className={styles.back ?? ""}
        aria-label={words.menu}
        onClick={() => go({ view: { kind: "home" } })}
      >
        <ArrowLeft size={20} />
      </Button>
      <div className={styles.about}>
        <h1 className={styles.name} dir="auto">
          {title}
          {isMuted && <BellOff size={16} className={styles.muted} role="img" aria-label={muted} />}
        </h1>
        {isDirect ? (
          <Status server={server} name={room.name.slice(1)} />
        ) : (
          <Topic server={server} room={room} />
        )}
      </div>
      {isDirect ? (
        <PaneButton side={`person/${room.name.slice(1)}`} label={words.profile}>
          <UserRound size={18} />
        </PaneButton>
      ) : (
        <PaneButton side="members" label={words.members(count)}>
          <Users size={18} />
          <span className={styles.count}>{count}</span>
        </PaneButton>
      )}
      {!isNarrow && (
        <>
          <PaneButton side="pins" label={words.showPins}>
            <Pin size={18} />
          </PaneButton>
          <PaneButton side={searchSide(room)} label={words.searchHere}>
            <Search size={18} />
          </PaneButton>
        </>
      )}
      <MenuButton label={words.more} menu={headerMenu} own={{ server, room, isNarrow }}>
        <MoreVertical size={18} />
      </MenuButton>
    </header>
  );
}

/** Lets something stand beside the room, or go again. */
function PaneButton({ side, label, children }: { side: string; label: string; children: ReactNode }) {
  const [pane] = side.split("/");
  const isOpen = useRoute().side.split("/")[0] === pane;
  return (
    <Button
      look="icon"
      className={styles.pane ?? ""}
      aria-label={label}
      title={label}
      aria-expanded={isOpen}
      onClick={() => go({ side: isOpen ? "" : side })}
    >
      {children}
    </Button>
  );
}
