import { useEffect } from "react";
import { currentRoute, go } from "../../lib/history";
import { tell, tellError } from "../../lib/toasts";
import type { Signal } from "../../model/place";
import type { Server } from "../../model/server";
import type { HubRecord } from "../../wire/kinds";
import { words as spoken, type Words } from "../../words/words";

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

function notice(server: Server, signal: Signal): void {
  const words = spoken().sidebar;
  switch (signal.type) {
    case "inviting":
      tell(words.invitedBy(signal.name, signal.room), "told", {
        label: words.join,
        onChoose: () => void join(server, signal.room),
      });
      break;
    case "asking_in":
      tell(words.asksIn(signal.name, signal.room, signal.text), "told", {
        label: words.letIn,
        onChoose: () => void letIn(server, signal, words),
      });
      break;
    case "removing":
      tell(words.removedBy(signal), "error");
      break;
    case "gathering":
      tell(words.gatheredBy(signal.name), "told", {
        label: words.look,
        onChoose: () => go({ view: { kind: "room", name: signal.room } }),
      });
      break;
    case "alerting":
      tell(words.alertOf(signal.name, signal.text), "error");
      break;
    case "retitling":
      tell(words.retitled(signal.old_name, signal.new_name));
      break;
    default:
      break;
  }
}

async function join(server: Server, room: string): Promise<void> {
  try {
    await server.connection.ask({ type: "join", room });
    go({ view: { kind: "room", name: room } });
  } catch (error) {
    tellError(error);
  }
}

async function letIn(
  server: Server,
  { room, name }: { room: string; name: string },
  words: Words["sidebar"],
): Promise<void> {
  try {
    await server.connection.ask({ type: "invite", room, name });
    tell(words.invited(name, room));
  } catch (error) {
    tellError(error);
  }
}
