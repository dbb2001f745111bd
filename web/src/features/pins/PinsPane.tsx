import { PinOff } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { go } from "../../lib/history";
import { tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import type { Connection } from "../../model/connection";
import type { MessageActions, MessageProps } from "../../model/message";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Pane } from "../../ui/Pane";
import { Spinner } from "../../ui/Spinner";
import { messageId, type PinView } from "../../wire/kinds";
import { useWords } from "../../words/words";
import styles from "./PinsPane.module.css";

const isOnlineNow = (connection: Connection) => connection.status.kind === "online";
const pinsOf = (room: Room) => room.pins;

interface Props {
  server: Server;
  room: Room;
  onClose: () => void;
  renderMessage: (props: MessageProps) => ReactNode;
}

/** What is pinned in a room, the newest first. */
export function PinsPane({ server, room, onClose, renderMessage }: Props) {
  const words = useWords();
  const pins = usePins(server, room);
  return (
    <Pane title={words.threads.pins(room.name)} onClose={onClose}>
      {pins === undefined && <Spinner label={words.general.loading} />}
      {pins?.length === 0 && <p className={styles.empty}>{words.threads.noPins}</p>}
      <ul className={styles.pins}>
        {pins?.toReversed().map((pin) => (
          <li key={pin.record.seq} className={styles.pin}>
            <PinOf pin={pin} server={server} room={room} renderMessage={renderMessage} />
          </li>
        ))}
      </ul>
    </Pane>
  );
}

function PinOf({ pin, server, room, renderMessage }: Omit<Props, "onClose"> & { pin: PinView }) {
  const words = useWords().threads;
  const actions = useRef<MessageActions>(null);
  const { record } = pin;
  const id = messageId(record);
  const unpin = () => server.connection.ask({ type: "unpin_message", message: id }).catch(tellError);
  return (
    <article>
      {renderMessage({
        server,
        room,
        record,
        isContinued: false,
        outgoing: undefined,
        isAmongPins: true,
        actions,
      })}
      <footer className={styles.foot}>
        <span className={styles.by}>{words.pinnedBy(pin.name)}</span>
        <Button onClick={() => go({ view: { kind: "message", id } })}>{words.jump}</Button>
        <Button look="icon" aria-label={words.unpin} title={words.unpin} onClick={() => void unpin()}>
          <PinOff size={16} />
        </Button>
      </footer>
    </article>
  );
}

/** Return what is pinned; asked anew whenever something was pinned or unpinned. */
function usePins(server: Server, room: Room): readonly PinView[] | undefined {
  const [pins, setPins] = useState<readonly PinView[]>();
  const seqs = useWatched(room, pinsOf);
  const known = seqs?.join();
  const isOnline = useWatched(server.connection, isOnlineNow);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` says that it is different now
  useEffect(() => {
    if (!isOnline) return undefined;
    let isWanted = true;
    const found = server.connection.query({ type: "list_pins", room: room.name }, "pin_list");
    found.then((answer) => {
      if (!isWanted) return;
      setPins(answer.pins);
      const now = answer.pins.map((pin) => pin.record.seq);
      if (now.join() !== room.pins?.join()) room.keepPins(now);
    }, tellError);
    return () => {
      isWanted = false;
    };
  }, [server, room, known, isOnline]);

  return pins;
}
