import { Archive, Hash, Lock, Megaphone, Users } from "lucide-react";
import { useMemo } from "react";
import { useWatched } from "../../lib/useWatched";
import { type Lookout, lookoutOf } from "../../model/lookout";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Avatar } from "../../ui/Avatar";
import { PresenceDot } from "../../ui/PresenceDot";
import { useWords } from "../../words/words";
import styles from "./RoomMark.module.css";

type Kind = "direct" | "group" | "archived" | "private" | "announcement" | "public";

function kindOf(room: Room): Kind {
  if (room.kind === "direct") return "direct";
  if (room.isArchived) return "archived";
  return room.isGroup ? "group" : room.access;
}

const ICONS = { group: Users, archived: Archive, private: Lock, announcement: Megaphone, public: Hash };

/** What kind of room it is; of a conversation, whom it is with and whether he is here. */
export function RoomMark({ server, room }: { server: Server; room: Room }) {
  const words = useWords().sidebar;
  const kind = useWatched(room, kindOf);
  if (kind === "direct") return <Partner server={server} name={room.name.slice(1)} />;
  const Icon = ICONS[kind];
  const label = words.kinds[kind];
  return (
    <span className={styles.mark} title={label}>
      <Icon size={16} aria-hidden="true" />
      {label && <span className="visually-hidden">{label}</span>}
    </span>
  );
}

function Partner({ server, name }: { server: Server; name: string }) {
  const words = useWords().sidebar;
  const lookout = lookoutOf(server.connection);
  const place = server.connection.place;
  const ofName = useMemo(() => () => lookout.presenceOf(name), [lookout, name]);
  // Rooms that are shared tell of it as well, and the lookout reads what they told.
  useWatched(place, ofName);
  const presence = useWatched<Lookout, ReturnType<typeof ofName>>(lookout, ofName);
  const told = presence.kind === "away" ? words.away(presence.why) : words[presence.kind];
  return (
    <span className={styles.partner} title={told}>
      <Avatar name={name} size="1.375rem" />
      <PresenceDot presence={presence.kind} />
      <span className="visually-hidden">{told}</span>
    </span>
  );
}
