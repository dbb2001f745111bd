/**
 * Drafts: what one has begun to write, kept by the server for one's other devices. What is written here goes before
 * what was written elsewhere, as long as the server does not know it.
 */
import type { Connection } from "./connection";
import { type Desk, type Desks, parseDesk } from "./desk";
import { DisconnectedError, RefusedError } from "./refusals";

/** How long nothing more has to be written before it is saved. */
export const SAVE_MS = 1_200;

/** Whoever has written so shortly ago is writing: nothing is put under his hands. */
export const BUSY_MS = 4_000;

export class Drafts {
  readonly #connection: Connection;
  readonly #desks: Desks;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** What was written elsewhere while one was writing here. */
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  #wasSettled = false;

  constructor(connection: Connection, desks: Desks) {
    this.#connection = connection;
    this.#desks = desks;
    desks.watch((room, desk) => this.#note(room, desk));
    connection.subscribe(() => this.#noteConnection());
    connection.place.onSignal((signal) => {
      if (signal.type === "drafting") this.#adopt(signal.room, signal.text);
    });
  }

  /** Save now what would be saved soon. */
  flush(): void {
    for (const room of [...this.#timers.keys()]) this.#save(room);
  }

  get #isKept(): boolean {
    return this.#connection.isSettled && this.#connection.place.you.has_account === true;
  }

  #noteConnection(): void {
    const { isSettled } = this.#connection;
    const hasSettled = isSettled && !this.#wasSettled;
    this.#wasSettled = isSettled;
    if (hasSettled && this.#isKept) void this.#compare().catch(pass);
  }

  /** After coming back: what was written meanwhile goes there, the rest comes from there. */
  async #compare(): Promise<void> {
    const { drafts } = await this.#connection.query({ type: "list_drafts" }, "draft_list");
    const there = new Map(drafts.map((draft) => [draft.room, draft.text]));
    const here = [...this.#desks.all.keys()].filter((desk) => !parseDesk(desk).isThread);
    for (const room of new Set([...there.keys(), ...here])) {
      const desk = this.#desks.at(room);
      if (desk.isUnsaved) this.#save(room);
      else desk.adopt(there.get(room) ?? "");
    }
  }

  #adopt(room: string, text: string): void {
    const desk = this.#desks.at(room);
    const { writtenMs } = desk;
    const restMs = writtenMs + BUSY_MS - Date.now();
    clearTimeout(this.#waiting.get(room));
    // Whoever writes on meanwhile keeps what he writes, and that goes there.
    const adopt = () => !desk.isUnsaved && desk.writtenMs === writtenMs && desk.adopt(text);
    if (restMs <= 0) adopt();
    else this.#waiting.set(room, setTimeout(adopt, restMs));
  }

  #note(room: string, desk: Desk): void {
    // What is written to everybody is written in no room.
    if (room === "" || !desk.isUnsaved || !this.#isKept) return;
    // The server keeps one of each room; what is begun in a thread is kept here.
    if (parseDesk(room).isThread) return;
    clearTimeout(this.#timers.get(room));
    this.#timers.set(
      room,
      setTimeout(() => this.#save(room), SAVE_MS),
    );
  }

  #save(room: string): void {
    clearTimeout(this.#timers.get(room));
    this.#timers.delete(room);
    const desk = this.#desks.at(room);
    const text = desk.unsaid;
    if (!this.#isKept) return;
    this.#connection
      .ask({ type: "save_draft", room, text })
      .then(() => desk.saved(text))
      .catch(pass);
  }
}

/** It stays here, and is saved with the next word, or after coming back. */
function pass(error: unknown): void {
  if (!(error instanceof RefusedError || error instanceof DisconnectedError)) throw error;
}
