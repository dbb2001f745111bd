import {
  ArrowDown,
  ArrowUp,
  AtSign,
  Bell,
  BellOff,
  CheckCheck,
  Link,
  LogOut,
  Pin,
  PinOff,
  Settings,
} from "lucide-react";
import { copyRoomLink } from "../../lib/copyRoomLink";
import { go } from "../../lib/history";
import { tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import { type Habits, habitsOf } from "../../model/habits";
import type { Level, Levels } from "../../model/levels";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { choicesOf } from "../../ui/choices";
import type { MenuProps } from "../../ui/MenuButton";
import OpenMenu from "../../ui/OpenMenu";
import type { MenuChoice, MenuItem } from "../../ui/PopupMenu";
import { type LateWords, useLateWords } from "../../words/words";

const itself = (store: Habits | Levels) => store.version;

const LEVELS = { all: <Bell size={18} />, mentions: <AtSign size={18} />, nothing: <BellOff size={18} /> };

/** What may be done with a room in a list. */
export function RoomMenu({ server, room, ...menu }: { server: Server; room: Room } & MenuProps) {
  const words = useLateWords().menus;
  const habits = habitsOf(server.key);
  const { levels } = server;
  useWatched(habits, itself);
  useWatched(levels, itself);
  const isChannel = room.kind === "channel";
  const view = { kind: "room", name: room.name } as const;
  const choose = (level: Level) => void levels.choose(room, level).catch(tellError);
  const items: (MenuItem | MenuChoice)[] = [
    {
      label: words.markRead,
      icon: <CheckCheck size={18} />,
      isDisabled: room.unread.count === 0,
      onChoose: () => server.reading.markRead(room, room.seq),
    },
    ...arranging(habits, room, words),
    { label: words.levelsTitle, choices: choicesOf(words.levels, LEVELS, levels.levelOf(room), choose) },
    {
      label: words.copyLink,
      icon: <Link size={18} />,
      onChoose: () => copyRoomLink(room.name, words.linkCopied),
    },
    ...(isChannel
      ? [
          {
            label: words.settings,
            icon: <Settings size={18} />,
            onChoose: () => go({ view, dialog: "room/general" }),
          },
          {
            label: words.leave,
            icon: <LogOut size={18} />,
            isDangerous: true,
            isApart: true,
            onChoose: () => go({ dialog: `leave/${room.name}` }),
          },
        ]
      : []),
  ];
  return <OpenMenu items={items} {...menu} />;
}

function arranging(habits: Habits, room: Room, words: LateWords["menus"]): MenuItem[] {
  const isPinned = habits.isPinned(room.id);
  const at = habits.pinned.indexOf(room.id);
  const moves: MenuItem[] = [
    {
      label: words.moveUp,
      icon: <ArrowUp size={18} />,
      isDisabled: at <= 0,
      onChoose: () => habits.move(room.id, -1),
    },
    {
      label: words.moveDown,
      icon: <ArrowDown size={18} />,
      isDisabled: at === habits.pinned.length - 1,
      onChoose: () => habits.move(room.id, 1),
    },
  ];
  return [
    {
      label: isPinned ? words.unpin : words.pin,
      icon: isPinned ? <PinOff size={18} /> : <Pin size={18} />,
      onChoose: () => habits.pin(room.id, !isPinned),
    },
    ...(isPinned ? moves : []),
  ];
}
