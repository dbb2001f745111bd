/** A thread: a message and what answers it, whichever of them is on screen elsewhere. */
import type { HubRecord } from "../wire/kinds";
import { Emitter } from "./emitter";
import { isMessage } from "./revising";
import type { Room } from "./room";
import type { Server } from "./server";
import { Timeline } from "./timeline";

/** Answers in a page. */
const PAGE = 50;

export class Thread extends Emitter {
  readonly #server: Server;
  readonly #room: Room;
  readonly #first: number;
  #timeline = new Timeline([]);
  /** Whether it is known; `false` until the answer has come. */
  isLoaded = false;
  /** Whether there is nothing between the first message and the answers that are here. */
  isWhole = false;

  /** The thread of `room` that the message `first` begins. */
  constructor(server: Server, room: Room, first: number) {
    super();
    this.#server = server;
    this.#room = room;
    this.#first = first;
  }

  /** All of it that is here, the first message first; a new array whenever one of them is another. */
  get records(): readonly HubRecord[] {
    return this.#timeline.records;
  }

  /** Hear what happens there, from now on; returns how to stop that. */
  listen(): () => void {
    const { place } = this.#server.connection;
    const stopHearing = place.onRecord((room, record) => {
      if (room === this.#room) this.#apply(record);
    });
    // What was missed while there was no connection is asked for as a whole.
    const stopWatching = place.onSnapshot((room) => {
      if (room === this.#room) this.load().catch(() => undefined);
    });
    return () => {
      stopHearing();
      stopWatching();
    };
  }

  /** Bring the last answers. Rejects with `RefusedError` or `DisconnectedError`. */
  async load(): Promise<void> {
    const records = await this.#page();
    this.#timeline = new Timeline(records, true);
    this.isWhole = this.#isLastPage(records);
    this.isLoaded = true;
    this.changed();
  }

  /** Bring answers that are older than those that are here. Rejects as `load` does. */
  async loadOlder(): Promise<void> {
    const oldest = this.records.find((record) => record.seq !== this.#first);
    if (oldest === undefined) return;
    const records = await this.#page(oldest.seq);
    this.isWhole = this.#isLastPage(records);
    this.#timeline.merge(records);
    this.changed();
  }

  /** Each page has the first message, and as many answers as there are. */
  #isLastPage(records: readonly HubRecord[]): boolean {
    return records.filter((record) => record.seq !== this.#first).length < PAGE;
  }

  async #page(before?: number): Promise<readonly HubRecord[]> {
    const message = `${this.#room.id}-${this.#first}`;
    const asked = { type: "find_thread", message, limit: PAGE, before: before ?? null } as const;
    return (await this.#server.connection.query(asked, "thread_found")).records;
  }

  #apply(record: HubRecord): void {
    const isHere = record.event.type === "said" && record.event.thread === this.#first;
    const before = this.records;
    // Whatever is said elsewhere may still be about one of these.
    if (isMessage(record.event) && !isHere) return;
    this.#timeline.reachesEnd = isHere;
    this.#timeline.apply(record);
    if (this.records !== before) this.changed();
  }
}
