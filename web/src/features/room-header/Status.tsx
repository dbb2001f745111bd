import { useMemo } from "react";
import { useWatched } from "../../lib/useWatched";
import { lookoutOf } from "../../model/lookout";
import type { Server } from "../../model/server";
import { useWords } from "../../words/words";
import styles from "./RoomHeader.module.css";

/** Whether whoever one talks with is here. */
export function Status({ server, name }: { server: Server; name: string }) {
  const words = useWords().sidebar;
  const lookout = lookoutOf(server.connection);
  const ofName = useMemo(() => () => lookout.presenceOf(name), [lookout, name]);
  useWatched(server.connection.place, ofName);
  const presence = useWatched(lookout, ofName);
  return (
    <p className={styles.status} dir="auto">
      {presence.kind === "away" ? words.away(presence.why) : words[presence.kind]}
    </p>
  );
}
