import { AtSign, Bell, BellOff, Download, Link, LogOut, Pin, Search, Settings, UserPlus } from "lucide-react";
import { copyRoomLink } from "../../lib/copyRoomLink";
import { go } from "../../lib/history";
import { tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import { charterOf } from "../../model/charter";
import type { Level, Levels } from "../../model/levels";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { choicesOf } from "../../ui/choices";
import type { MenuProps } from "../../ui/MenuButton";
import OpenMenu from "../../ui/OpenMenu";
import type { MenuChoice, MenuItem } from "../../ui/PopupMenu";
import { type LateWords, useLateWords } from "../../words/words";
import { searchSide } from "./searchSide";

const itself = (levels: Levels) => levels.version;

const LEVELS = { all: <Bell size={18} />, mentions: <AtSign size={18} />, nothing: <BellOff size={18} /> };

interface Props extends MenuProps {
  server: Server;
  room: Room;
  isNarrow: boolean;
}

/** What else may be done with a room. */
export function HeaderMenu({ server, room, isNarrow, ...menu }: Props) {
  const all = useLateWords();
  const words = all.header;
  const { levels } = server;
  useWatched(levels, itself);
  const choose = (level: Level) => void levels.choose(room, level).catch(tellError);
  const isChannel = room.kind === "channel";
  const items: (MenuItem | MenuChoice)[] = [
    ...(isNarrow ? narrow(all.rooms, room) : []),
    ...(isChannel ? governing(words, server, room) : []),
    item(words.export, <Download size={18} />, () => go({ dialog: "room/export" })),
    item(words.copyLink, <Link size={18} />, () => copyRoomLink(room.name, words.linkCopied)),
    {
      label: all.menus.levelsTitle,
      choices: choicesOf(all.menus.levels, LEVELS, levels.levelOf(room), choose),
    },
    ...(isChannel
      ? [
          {
            ...item(words.leave, <LogOut size={18} />, () => go({ dialog: `leave/${room.name}` })),
            isDangerous: true,
          },
        ]
      : []),
  ];
  return <OpenMenu items={items} {...menu} />;
}

function narrow(words: LateWords["rooms"], room: Room): MenuItem[] {
  return [
    item(words.showPins, <Pin size={18} />, () => go({ side: "pins" })),
    item(words.searchHere, <Search size={18} />, () => go({ side: searchSide(room) })),
  ];
}

function governing(words: LateWords["header"], server: Server, room: Room): MenuItem[] {
  // It is asked for when the menu is near, so that the dialog opens with it.
  charterOf(server.connection, room);
  return [
    item(words.invite, <UserPlus size={18} />, () => go({ dialog: "invite" })),
    item(words.settings, <Settings size={18} />, () => go({ dialog: "room/general" })),
  ];
}

function item(label: string, icon: MenuItem["icon"], onChoose: () => void): MenuItem {
  return { label, icon, onChoose };
}
