import { go } from "../../lib/history";
import { tell, tellError } from "../../lib/toasts";
import type { Signal } from "../../model/place";
import type { Server } from "../../model/server";
import { type LateWords, lateWords } from "../../words/words";

/** Tell what somebody else did with one's rooms or oneself, and offer what can be done about it. */
export function tellNotice(server: Server, signal: Signal): void {
  const words = lateWords().notices;
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
  words: LateWords["notices"],
): Promise<void> {
  try {
    await server.connection.ask({ type: "invite", room, name });
    tell(words.invited(name, room));
  } catch (error) {
    tellError(error);
  }
}
