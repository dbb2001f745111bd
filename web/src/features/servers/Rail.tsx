import { Plus } from "lucide-react";
import { type CSSProperties, type MouseEvent, useEffect } from "react";
import { go } from "../../lib/history";
import { initialsOf } from "../../lib/hue";
import { writeRoute } from "../../lib/routes";
import { useWatched } from "../../lib/useWatched";
import type { Place } from "../../model/place";
import type { Server } from "../../model/server";
import type { Servers } from "../../model/servers";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Rail.module.css";
import { useUnread } from "./useUnread";

const listOf = (servers: Servers) => servers.list;
const nameOf = (place: Place) => place.you.name;
const HOME = { kind: "home" } as const;

/** One's accounts, on one or several servers: a square for each, once there are two. */
export function Rail({ servers, shown }: { servers: Servers; shown: Server }) {
  const words = useWords().account;
  const list = useWatched(servers, listOf);
  useNumbers(list);
  if (list.length < 2) return null;
  return (
    <nav className={styles.rail} aria-label={words.rail}>
      <ol className={styles.list}>
        {list.map((server, place) => (
          <li key={server.key}>
            <Square server={server} number={place + 1} isShown={server === shown} />
          </li>
        ))}
      </ol>
      <Button look="icon" aria-label={words.addAccount} onClick={() => go({ dialog: "add-account" })}>
        <Plus size={20} />
      </Button>
    </nav>
  );
}

function Square({ server, number, isShown }: { server: Server; number: number; isShown: boolean }) {
  const words = useWords().account;
  const { place } = server.connection;
  const name = useWatched(place, nameOf) || server.account.name;
  const unread = useUnread(place);
  const host = server.host || location.host;
  const style = { "--hue": server.hue } as CSSProperties;

  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show(server);
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

function show(server: Server): void {
  go({ view: HOME, server: server.key });
}

/** Ctrl+1…9 shows the first nine. */
function useNumbers(list: readonly Server[]): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (!event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const server = /^[1-9]$/.test(event.key) ? list[Number(event.key) - 1] : undefined;
      if (server === undefined || list.length < 2) return;
      event.preventDefault();
      show(server);
    }
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [list]);
}
