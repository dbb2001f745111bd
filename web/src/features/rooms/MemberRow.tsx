import { Bot, MicOff, MoreHorizontal, X } from "lucide-react";
import { memo, useState } from "react";
import { go } from "../../lib/history";
import { tell, tellError } from "../../lib/toasts";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Avatar } from "../../ui/Avatar";
import { Button } from "../../ui/Button";
import { Face } from "../../ui/Face";
import { MenuButton } from "../../ui/MenuButton";
import { plainMenu } from "../../ui/parts";
import { useLateWords } from "../../words/words";
import styles from "./MembersPane.module.css";
import type { ShownMember } from "./memberRows";
import { RoleDialog } from "./RoleDialog";
import { type Sanction, SanctionDialog } from "./SanctionDialog";
import { useMemberMenu } from "./useMemberMenu";

interface Props {
  server: Server;
  room: Room;
  shown: ShownMember;
  isMuted: boolean;
}

/** One member: who he is there, whether he is here, and what one may do with him. */
export const MemberRow = memo(function MemberRow({ server, room, shown, isMuted }: Props) {
  const words = useLateWords();
  const { member, role, presence } = shown;
  const [asking, setAsking] = useState<Sanction | "role">();
  const items = useMemberMenu(server, room, shown, isMuted, setAsking);
  const isSelf = member.name === server.connection.place.you.name;
  const told = presence.kind === "away" ? words.sidebar.away(presence.why) : words.sidebar[presence.kind];
  const close = () => setAsking(undefined);
  return (
    <div className={styles.row} data-presence={presence.kind}>
      <button
        type="button"
        className={styles.person}
        title={told}
        onClick={() => go({ side: `person/${member.name}` })}
      >
        <Face name={member.name} presence={presence.kind} />
        <span className={styles.text}>
          <span className={styles.name} dir="auto">
            {member.name}
            {isSelf && <span className={styles.soft}> {words.members.you}</span>}
          </span>
          <span className="visually-hidden">{told}</span>
          {presence.kind === "away" && presence.why && (
            <span className={styles.why} dir="auto">
              {presence.why}
            </span>
          )}
        </span>
        {isMuted && <MicOff size={14} role="img" aria-label={words.members.isMuted} />}
        {member.is_bot && <Bot size={16} role="img" aria-label={words.members.bot} />}
        {!member.has_account && <span className={styles.mark}>{words.sidebar.guest}</span>}
        {role !== "member" && (
          <span className={styles.mark} data-role={role}>
            {words.members.roles[role]}
          </span>
        )}
      </button>
      <MenuButton
        label={words.members.actionsFor(member.name)}
        menu={plainMenu}
        own={{ items }}
        className={styles.more ?? ""}
      >
        <MoreHorizontal size={18} />
      </MenuButton>
      {asking === "role" && <RoleDialog server={server} room={room} shown={shown} onClose={close} />}
      {asking && asking !== "role" && (
        <SanctionDialog server={server} room={room} name={member.name} sanction={asking} onClose={close} />
      )}
    </div>
  );
});

interface InvitedProps {
  server: Server;
  room: Room;
  name: string;
  onDone: () => void;
}

/** Somebody who may come in, and has not yet. */
export function InvitedRow({ server, room, name, onDone }: InvitedProps) {
  const words = useLateWords().members;

  async function takeBack() {
    try {
      await server.connection.ask({ type: "uninvite", room: room.name, name });
      tell(words.uninvited(name));
      onDone();
    } catch (error) {
      tellError(error);
    }
  }

  return (
    <div className={styles.row}>
      <span className={styles.person}>
        <Avatar name={name} size="1.75rem" />
        <span className={styles.name} dir="auto">
          {name}
        </span>
      </span>
      <Button look="icon" aria-label={words.uninvite(name)} onClick={() => void takeBack()}>
        <X size={18} />
      </Button>
    </div>
  );
}
