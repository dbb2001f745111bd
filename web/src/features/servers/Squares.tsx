import { Plus } from "lucide-react";
import type { CSSProperties, MouseEvent } from "react";
import { go } from "../../lib/history";
import { initialsOf } from "../../lib/hue";
import { writeRoute } from "../../lib/routes";
import { useWatched } from "../../lib/useWatched";
import type { Place } from "../../model/place";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Rail.module.css";
import { useUnread } from "./useUnread";

const nameOf = (place: Place) => place.you.name;
const HOME = { kind: "home" } as const;

interface Props {
  list: readonly Server[];
  shown: Server;
  onChoose: (server: Server) => void;
}

/** A square for each of one's accounts, and the way to another. */
export default function Squares({ list, shown, onChoose }: Props) {
  const words = useWords().servers;
  return (
    <>
      <ol className={styles.list}>
        {list.map((server, place) => (
          <li key={server.key}>
            <Square server={server} number={place + 1} isShown={server === shown} onChoose={onChoose} />
          </li>
        ))}
      </ol>
      <Button look="icon" aria-label={words.addAccount} onClick={() => go({ dialog: "add-account" })}>
        <Plus size={20} />
      </Button>
    </>
  );
}

interface SquareProps {
  server: Server;
  number: number;
  isShown: boolean;
  onChoose: (server: Server) => void;
}

function Square({ server, number, isShown, onChoose }: SquareProps) {
  const words = useWords().servers;
  const { place } = server.connection;
  const name = useWatched(place, nameOf) || server.account.name;
  const unread = useUnread(place);
  const host = server.host || location.host;
  const style = { "--hue": server.hue } as CSSProperties;

  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onChoose(server);
  }

  return (
    <a
      className={styles.square}
      style={style}
      href={writeRoute({ view: HOME, side: "", dialog: "", server: server.key })}
      aria-current={isShown ? "true" : undefined}
      aria-keyshortcuts={number < 10 ? `Control+${number}` : undefined}
      title={words.onServer(name, host)}
      onClick={open}
    >
      <span aria-hidden="true">{initialsOf(name || host)}</span>
      <span className="visually-hidden">{words.onServer(name, host)}</span>
      {unread > 0 && !isShown && (
        <span className={styles.badge}>
          {unread > 99 ? "99+" : unread}
          <span className="visually-hidden"> {words.unread(unread)}</span>
        </span>
      )}
    </a>
  );
}
