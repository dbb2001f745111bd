import { useEffect, useMemo, useState } from "react";
import { formats } from "../../lib/dates";
import { useWatched } from "../../lib/useWatched";
import { isAttempted } from "../../model/arrival";
import { type Charter, charterOf } from "../../model/charter";
import type { Connection } from "../../model/connection";
import { ROLES, rankOf } from "../../model/ranks";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { EventOf } from "../../wire/kinds";
import { useWords, type Words } from "../../words/words";
import { muteFinder } from "./muting";

/** Why one cannot write here, as far as it is known; the server has the last word. */
export interface Hindrance {
  readonly sentence: string;
  /** Whether what is written is kept and sent later all the same. */
  readonly isPassing: boolean;
}

const rolesOf = (charter: Charter) => charter.settings;
const isArchivedOf = (room: Room) => room.isArchived;
const isOnlineOf = (connection: Connection) => connection.status.kind === "online";
// Whoever opens the page is in at once, most often: a sentence that is gone before it was read says nothing.
const isCutOffOf = (connection: Connection) =>
  connection.status.kind !== "online" && !isAttempted(connection);

export function useHindrance(server: Server, room: Room): Hindrance | undefined {
  const words = useWords().composer;
  const { connection } = server;
  const charter = charterOf(connection, room);
  useWatched(charter, rolesOf);
  const isArchived = useWatched(room, isArchivedOf);
  const isOnline = useWatched(connection, isOnlineOf);
  const isCutOff = useWatched(connection, isCutOffOf);
  const muted = useMuted(room, connection.place.you.id);

  if (isArchived) return { sentence: words.archived, isPassing: false };
  if (muted) return { sentence: mutedSentence(muted, words), isPassing: false };
  const reason = isOnline ? ruleAgainst(charter, connection, words) : "";
  if (reason) return { sentence: reason, isPassing: false };
  return isCutOff ? { sentence: words.offline, isPassing: true } : undefined;
}

function ruleAgainst(charter: Charter, { place }: Connection, words: Words["composer"]): string {
  const { settings } = charter;
  if (settings === undefined || rankOf(charter.own) >= ROLES.indexOf("speaker")) return "";
  if (settings.access === "announcement") return words.announcement;
  if (settings.is_moderated) return words.moderated;
  return settings.speakers_have_accounts && !place.you.has_account ? words.guestsListen : "";
}

interface Muted {
  readonly event: EventOf<"muted">;
  /** Until when, in milliseconds since 1970; 0 for good. */
  readonly untilMs: number;
}

/** Whether one was muted last, and not unmuted, among what is loaded. */
function useMuted(room: Room, you: string): Muted | undefined {
  const [, setNow] = useState(0);
  const find = useMemo(() => {
    const finder = muteFinder(you);
    return () => finder(room.timeline.records);
  }, [room, you]);
  // The same event each time: nothing is drawn again for what others say.
  const event = useWatched(room, find, "frame");
  const untilMs = event?.term?.until_ms ?? 0;
  useEffect(() => {
    const left = untilMs - Date.now();
    if (left <= 0 || left > 86_400_000) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), left + 500);
    return () => clearTimeout(timer);
  }, [untilMs]);
  return event && (untilMs === 0 || untilMs > Date.now()) ? { event, untilMs } : undefined;
}

function mutedSentence({ event, untilMs }: Muted, words: Words["composer"]): string {
  const sentence = words.muted(untilMs === 0 ? "" : formats().moment.format(untilMs));
  return event.reason ? `${sentence} (${event.reason})` : sentence;
}
