import { AtSign, Ban, DoorOpen, MessageCircle, Mic, MicOff, ShieldHalf, UserRound } from "lucide-react";
import { go } from "../../lib/history";
import { tell, tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import { type Charter, charterOf } from "../../model/charter";
import { mayActOn, rolesFor } from "../../model/ranks";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { MenuItem } from "../../ui/PopupMenu";
import { useLateWords } from "../../words/words";
import type { ShownMember } from "./memberRows";
import type { Sanction } from "./SanctionDialog";

const itself = (charter: Charter) => charter.version;

/** What one may do with a member; what one may not is not shown. */
export function useMemberMenu(
  server: Server,
  room: Room,
  { member, role }: ShownMember,
  isMuted: boolean,
  onAsk: (what: Sanction | "role") => void,
): MenuItem[] {
  const words = useLateWords().members;
  const charter = charterOf(server.connection, room);
  useWatched(charter, itself);
  const { name } = member;
  const isSelf = name === server.connection.place.you.name;
  // What others are on the server nobody is told: the server's own refusal says so then.
  const other = { role, serverRole: "" };
  const own = charter.own;
  const may = (act: "kick" | "mute" | "ban") => !isSelf && mayActOn(own, act, other);
  const roles = isSelf ? [] : rolesFor(own, other, member.has_account ?? false);

  function mention() {
    const desk = server.desks.at(room.name);
    const space = desk.text === "" || desk.text.endsWith(" ") ? "" : " ";
    desk.write(`${desk.text}${space}@${name} `);
    document.querySelector<HTMLElement>("#composer textarea, textarea#composer")?.focus();
  }

  async function unmute() {
    try {
      await server.connection.ask({ type: "unmute", room: room.name, name });
      tell(words.unmuted(name));
    } catch (error) {
      tellError(error);
    }
  }

  const muting: MenuItem = isMuted
    ? { label: words.unmute, icon: <Mic size={18} />, onChoose: () => void unmute() }
    : { label: words.mute, icon: <MicOff size={18} />, onChoose: () => onAsk("mute") };
  return [
    {
      label: words.write,
      icon: <MessageCircle size={18} />,
      isDisabled: isSelf,
      onChoose: () => go({ view: { kind: "room", name: `@${name}` } }),
    },
    { label: words.mention, icon: <AtSign size={18} />, isDisabled: isSelf, onChoose: mention },
    { label: words.profile, icon: <UserRound size={18} />, onChoose: () => go({ side: `person/${name}` }) },
    ...when(roles.length > 1, {
      label: words.changeRole,
      icon: <ShieldHalf size={18} />,
      isApart: true,
      onChoose: () => onAsk("role"),
    }),
    ...when(may("mute"), muting),
    ...when(may("kick"), {
      label: words.kick,
      icon: <DoorOpen size={18} />,
      isDangerous: true,
      isApart: true,
      onChoose: () => onAsk("kick"),
    }),
    ...when(may("ban"), {
      label: words.ban,
      icon: <Ban size={18} />,
      isDangerous: true,
      onChoose: () => onAsk("ban"),
    }),
  ];
}

function when(isSo: boolean, item: MenuItem): MenuItem[] {
  return isSo ? [item] : [];
}
