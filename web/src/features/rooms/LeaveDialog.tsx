import { currentRoute, go } from "../../lib/history";
import { tell } from "../../lib/toasts";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { titleOf } from "../../model/titles";
import { FormDialog } from "../../ui/FormDialog";
import { useLateWords } from "../../words/words";

interface Props {
  server: Server;
  /** The room's name. */
  rest: string;
  onClose: () => void;
}

/** Asks whether one wants to go out of a room, and says how one comes back. */
export default function LeaveDialog({ server, rest, onClose }: Props) {
  const room = server.connection.place.find(rest);
  return room && <Leaving server={server} room={room} onClose={onClose} />;
}

function Leaving({ server, room, onClose }: { server: Server; room: Room; onClose: () => void }) {
  const words = useLateWords().menus;
  const { place } = server.connection;
  const isGuest = !place.you.has_account;
  const how = room.isGroup
    ? words.leaveGroup
    : room.access === "private"
      ? words.leavePrivate
      : words.leavePublic;

  async function leave() {
    const { view } = currentRoute();
    await server.connection.ask({ type: "leave", room: room.name });
    if (view.kind === "room" && view.name === room.name) go({ view: { kind: "home" } }, "replace");
    tell(words.left(titleOf(room)));
  }

  return (
    <FormDialog
      title={words.leaveTitle(titleOf(room))}
      action={words.leave}
      isDangerous
      onSubmit={leave}
      onClose={onClose}
    >
      <p>{how}</p>
      {isGuest && <p>{words.leaveAsGuest}</p>}
    </FormDialog>
  );
}
