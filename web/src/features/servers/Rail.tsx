import { useEffect } from "react";
import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import type { Server } from "../../model/server";
import type { Servers } from "../../model/servers";
import { Late } from "../../ui/Late";
import { useWords } from "../../words/words";
import { squares } from "./parts";
import styles from "./Rail.module.css";

const listOf = (servers: Servers) => servers.list;
const HOME = { kind: "home" } as const;

/** One's accounts, on one or several servers: a square for each, once there are two. */
export function Rail({ servers, shown }: { servers: Servers; shown: Server }) {
  const words = useWords().servers;
  const list = useWatched(servers, listOf);
  useNumbers(list);
  if (list.length < 2) return null;
  return (
    <nav className={styles.rail} aria-label={words.rail}>
      <Late part={squares} props={{ list, shown, onChoose: show }} />
    </nav>
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
