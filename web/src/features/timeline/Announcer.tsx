import { useEffect, useState } from "react";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { HubRecord } from "../../wire/kinds";
import { words } from "../../words/words";
import { announce } from "./announcing";

/** Time between two announcements, in milliseconds: what is read aloud must not be cut off by the next. */
const PAUSE_MS = 2_000;

/** How long the first one waits for others that come with it. */
const GATHER_MS = 300;

/** Tells whoever hears the page what is new. */
export function Announcer({ server, room }: { server: Server; room: Room }) {
  const [sentence, setSentence] = useState("");
  useEffect(() => {
    const { place } = server.connection;
    let gathered: HubRecord[] = [];
    let spoken = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const speak = () => {
      timer = undefined;
      spoken = Date.now();
      setSentence(announce(gathered, place.you.id, words().timeline));
      gathered = [];
    };
    const stop = place.onRecord((where, record) => {
      if (where !== room || record.event.author === place.you.id) return;
      gathered.push(record);
      timer ??= setTimeout(speak, Math.max(GATHER_MS, spoken + PAUSE_MS - Date.now()));
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [server, room]);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
      {sentence}
    </div>
  );
}
