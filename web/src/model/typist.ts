/** The typist: lets the others see that one is writing, if one lets it. */
import { manners } from "../lib/manners";
import type { Connection } from "./connection";
import { type Desk, type Desks, parseDesk } from "./desk";

/** How often it is said: the server's word holds for six seconds. */
export const SAY_MS = 4_000;

/** After which time without a word one has stopped in the middle. */
export const PAUSE_MS = 5_000;

type State = "active" | "paused" | "done";

interface Said {
  readonly state: State;
  readonly atMs: number;
  readonly writtenMs: number;
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

export class Typist {
  readonly #connection: Connection;
  readonly #said = new Map<string, Said>();

  constructor(connection: Connection, desks: Desks) {
    this.#connection = connection;
    desks.watch((room, desk) => this.#note(room, desk));
  }

  #note(room: string, desk: Desk): void {
    const said = this.#said.get(room);
    if (!isWriting(desk)) {
      if (said === undefined || said.state === "done") return;
      // What was sent says by itself that one is done; only what was taken back does not.
      if (desk.writtenMs === said.writtenMs) this.#remember(room, { ...said, state: "done" });
      else this.#say(room, "done", desk.writtenMs);
      return;
    }
    if (desk.writtenMs === (said?.writtenMs ?? 0)) return;
    const isFresh = said?.state === "active" && Date.now() - said.atMs < SAY_MS;
    if (isFresh) this.#remember(room, { ...said, writtenMs: desk.writtenMs });
    else this.#say(room, "active", desk.writtenMs);
  }

  #say(room: string, state: State, writtenMs: number): void {
    if (!manners.current().showsTyping || !this.#connection.isSettled) return;
    // Nobody waits for the answer, and a no changes nothing: it was a courtesy.
    this.#connection.ask({ type: "show_typing", room: parseDesk(room).room, state }).catch(() => undefined);
    this.#remember(room, { state, atMs: Date.now(), writtenMs, timer: undefined });
  }

  #remember(room: string, said: Said): void {
    clearTimeout(this.#said.get(room)?.timer);
    const timer =
      said.state === "active"
        ? setTimeout(() => this.#say(room, "paused", said.writtenMs), PAUSE_MS)
        : undefined;
    this.#said.set(room, { ...said, timer });
  }
}

/** Whether there is something that the others will read: no command, and nothing that they have already. */
function isWriting(desk: Desk): boolean {
  const text = desk.text.trimStart();
  return text !== "" && !desk.editing && (!text.startsWith("/") || text.startsWith("/me "));
}
