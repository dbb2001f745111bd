import { AtSign, Ban, MessageSquare, UserCheck, UserX } from "lucide-react";
import { go } from "../../lib/history";
import { tell, tellError } from "../../lib/toasts";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import type { Request } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./People.module.css";
import type { Profile } from "./useProfile";

interface Props {
  server: Server;
  room: Room;
  profile: Profile;
  /** Called when he may look otherwise. */
  onChanged: () => void;
}

/** What one can do about somebody: write, call, accept, block. */
export function PersonActions({ server, room, profile, onChanged }: Props) {
  const words = useLateWords().people;
  const { person, isAccepted, whom } = profile;
  const { name } = person;
  const ask = useAsking(server, onChanged);
  if (name === server.connection.place.you.name) return <p className={styles.hint}>{words.you}</p>;

  function mention() {
    const desk = server.desks.at(room.name);
    desk.write(`${desk.text && !/\s$/.test(desk.text) ? `${desk.text} ` : desk.text}@${name} `);
    go({ side: "" }, "replace");
    document.getElementById("composer")?.focus();
  }

  return (
    <div className={styles.acts}>
      <Button look="primary" onClick={() => go({ view: { kind: "room", name: `@${name}` } })}>
        <MessageSquare size={18} /> {words.write}
      </Button>
      {room.kind === "channel" && (
        <Button onClick={mention}>
          <AtSign size={18} /> {words.mention(room.name)}
        </Button>
      )}
      {whom !== "everyone" && !isAccepted && (
        <Button onClick={() => void ask({ type: "accept", names: [name] }, words.accepted(name))}>
          <UserCheck size={18} /> {words.accept}
        </Button>
      )}
      {isAccepted && (
        <Button onClick={() => void ask({ type: "unaccept", names: [name] }, words.unaccepted(name))}>
          <UserX size={18} /> {words.unaccept}
        </Button>
      )}
    </div>
  );
}

/** Hears him no longer, or again: apart from what is done more often, and more gladly. */
export function BlockAction({ server, profile, onChanged }: Omit<Props, "room">) {
  const words = useLateWords().people;
  const { isBlocked, person } = profile;
  const { name } = person;
  const ask = useAsking(server, onChanged);
  if (name === server.connection.place.you.name) return null;
  if (isBlocked)
    return (
      <Button onClick={() => void ask({ type: "unblock", names: [name] }, words.unblocked(name))}>
        <Ban size={18} /> {words.unblock}
      </Button>
    );
  return (
    <Button look="danger" onClick={() => go({ dialog: `block/${name}` })}>
      <Ban size={18} /> {words.block}
    </Button>
  );
}

/** Ask for something, and tell what came of it. */
function useAsking(server: Server, onChanged: () => void) {
  return async (request: Request, told: string) => {
    try {
      await server.connection.ask(request);
      tell(told);
      onChanged();
    } catch (error) {
      tellError(error);
    }
  };
}
