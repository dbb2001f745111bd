import { useState } from "react";
import { tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import type { Level, Levels } from "../../model/levels";
import { type Notices, noticesOf } from "../../model/notices";
import type { Place } from "../../model/place";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Dialog } from "../../ui/Dialog";
import { Select } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import { useWords } from "../../words/words";
import { beep } from "./beep";
import styles from "./Notifications.module.css";
import { askPermission, permission } from "./permission";

const keptOf = (notices: Notices) => notices.kept;
const itself = (levels: Levels) => levels.version;
const roomsIn = (place: Place) =>
  [...place.rooms.values()].filter((room) => room.kind === "channel" || room.kind === "direct");

interface Props {
  server: Server;
  /** The room that is shown: it comes first. */
  room: Room | undefined;
  onClose: () => void;
}

/** Of what one is told while one does not look. */
export default function NotificationsDialog({ server, room: shown, onClose }: Props) {
  const words = useWords().notifications;
  const notices = noticesOf(server.key);
  const { isOn, hasSound } = useWatched(notices, keptOf);
  const [allowed, setAllowed] = useState(permission);
  const isShown = isOn && allowed === "granted";

  async function turn(on: boolean) {
    const answer = on && allowed === "default" ? await askPermission() : allowed;
    setAllowed(answer);
    notices.choose({ isOn: on && answer === "granted", mayAsk: false });
  }

  function sound(on: boolean) {
    notices.choose({ hasSound: on });
    if (on) beep();
  }

  return (
    <Dialog title={words.title} onClose={onClose}>
      <Switch
        label={words.on}
        hint={
          { denied: words.denied, none: words.impossible, granted: words.onHint, default: words.onHint }[
            allowed
          ]
        }
        isOn={isShown}
        isDisabled={allowed === "denied" || allowed === "none"}
        onChange={(on) => void turn(on)}
      />
      <Switch
        label={words.sound}
        hint={words.soundHint}
        isOn={hasSound}
        isDisabled={!isShown}
        onChange={sound}
      />
      <Rooms server={server} shown={shown} />
    </Dialog>
  );
}

function Rooms({ server, shown }: { server: Server; shown: Room | undefined }) {
  const words = useWords().notifications;
  const { levels } = server;
  useWatched(levels, itself);
  const all = useWatched(server.connection.place, roomsIn);
  const rooms = [...all].sort(
    (one, other) => Number(other === shown) - Number(one === shown) || one.name.localeCompare(other.name),
  );
  return (
    <section className={styles.rooms}>
      <h3 className={styles.title}>{words.rooms}</h3>
      {rooms.map((room) => (
        <Select<Level>
          key={room.id}
          label={room.name}
          value={levels.levelOf(room)}
          options={words.levels}
          onChange={(level) => void levels.choose(room, level).catch(tellError)}
        />
      ))}
    </section>
  );
}
