import { useEffect } from "react";
import { currentRoute, go } from "../../lib/history";
import type { Signal } from "../../model/place";
import type { Server } from "../../model/server";
import type { HubRecord } from "../../wire/kinds";
import { telling } from "./parts";

/** Tell what others do with one's rooms and oneself: whom they let in, who asks to be let in, who was put out. */
export function useNotices(server: Server): void {
  const { place } = server.connection;
  useEffect(() => place.onSignal((signal) => notice(server, signal)), [server, place]);
  useEffect(() => place.onRecord((_room, record) => follow(record)), [place]);
}

/** Whoever looks at a room that is called something else from now on goes on looking at it. */
function follow({ event }: HubRecord): void {
  if (event.type !== "room_renamed") return;
  const { view, side, dialog } = currentRoute();
  if (view.kind !== "room" || view.name.toLocaleLowerCase() !== event.old_name.toLocaleLowerCase()) return;
  go({ view: { kind: "room", name: event.new_name }, side, dialog }, "replace");
}

/** Most signals are about something else, and bring nothing that tells them. */
const TOLD: ReadonlySet<Signal["type"]> = new Set([
  "inviting",
  "asking_in",
  "removing",
  "gathering",
  "alerting",
  "retitling",
]);

function notice(server: Server, signal: Signal): void {
  if (TOLD.has(signal.type)) telling.when((tell) => tell(server, signal));
}
