/** Reading: pages of what was said in a room, and how far one has read. */
import type { HubRecord } from "../wire/kinds";
import { hasArrived } from "./arrival";
import type { Connection } from "./connection";
import { DisconnectedError, RefusedError } from "./refusals";
import type { Room } from "./room";
import { Timeline } from "./timeline";

/** Records in a page of history. */
export const PAGE = 100;

/** How long a mark waits for a later one, in milliseconds: who reads along marks each message. */
const MARK_MS = 1_000;

type Where = { before?: number; after?: number; around?: number };

interface Mark {
  seq: number;
  sentMs: number;
  /** Runs while the server is still to be told. */
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class Reading {
  readonly #connection: Connection;
  readonly #marks = new Map<number, Mark>();
  /** The room to which somebody is about to go, and when the one before it is prepared. */
  #wanted: Room | undefined;
  #prepared: Promise<void> = Promise.resolve();
  /** Older pages that are on their way, by where they belong. */
  readonly #coming = new Map<Timeline, Promise<void>>();
  /** The room that is looked at, and was left unread all the same. */
  #left: Room | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Bring what whoever opens a room wants next, while he is about to. It is done for one room at a time, and then for the
   * one that was meant last: whoever passes many by takes up no more of the server than whoever opens them. What keeps it
   * from coming is told to him there, where it is asked for again.
   */
  prepare(room: Room): Promise<void> {
    this.#wanted = room;
    this.#prepared = this.#prepared.then(() => this.#prepare(room));
    return this.#prepared;
  }

  async #prepare(room: Room): Promise<void> {
    if (room !== this.#wanted || room.past !== undefined || room.timeline.hasEvents) return;
    if (!hasArrived(this.#connection)) return;
    try {
      await this.loadOlder(room);
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof DisconnectedError)) throw error;
    }
  }

  /**
   * Bring an older page of what is looked at; the one that is on its way, if one is. Rejects with `RefusedError` or
   * `DisconnectedError`.
   */
  loadOlder(room: Room): Promise<void> {
    const timeline = room.shown;
    const known = this.#coming.get(timeline);
    if (known !== undefined) return known;
    const coming = this.#loadOlder(room, timeline).finally(() => this.#coming.delete(timeline));
    this.#coming.set(timeline, coming);
    return coming;
  }

  async #loadOlder(room: Room, timeline: Timeline): Promise<void> {
    const { first } = timeline;
    if (!timeline.hasEvents) {
      // The messages of a snapshot come without what happened between them: the last page fills that in.
      const page = await this.#page(room, {});
      timeline.hasEvents = true;
      timeline.merge(page);
      if (page.length === 0) timeline.reachesStart = true;
    } else if (first) timeline.prepend(await this.#page(room, { before: first.seq }));
    else timeline.reachesStart = true;
    room.extend("older");
  }

  /** Bring a newer page of the past that is looked at. Rejects with `RefusedError` or `DisconnectedError`. */
  async loadNewer(room: Room): Promise<void> {
    const { past } = room;
    if (past === undefined) return;
    const last = past.last?.seq ?? 0;
    const { first, records } = room.timeline;
    const isHere = first !== undefined && first.seq <= last;
    const page = isHere
      ? records.filter(({ seq }) => seq > last).slice(0, PAGE)
      : await this.#page(room, { after: last });
    if (room.past !== past) return;
    past.append(page);
    room.extend("newer");
  }

  /**
   * Look at what was said around a message. Tells whether it is there; rejects with `RefusedError` or
   * `DisconnectedError`.
   */
  async loadAround(room: Room, seq: number): Promise<boolean> {
    if (room.shown.indexOf(seq) >= 0) return true;
    if (room.timeline.indexOf(seq) < 0) {
      const page = await this.#page(room, { around: seq });
      if (page.length === 0) return false;
      room.show(new Timeline(page, false, false, true));
      room.extend("newer");
    } else room.show(undefined);
    return room.shown.indexOf(seq) >= 0;
  }

  /** Everything was read up to the record `seq`: it is so here at once, and told to the server soon. */
  markRead(room: Room, seq: number): void {
    const known = this.#marks.get(room.id);
    this.goOn(room);
    // The name of a room without one would mark them all.
    if (room.name === "" || (known !== undefined && seq <= known.seq && room.unread.count === 0)) return;
    room.markRead(seq, this.#connection.place.you.id);
    if (known?.timer !== undefined) known.seq = seq;
    else {
      const wait = Math.min(MARK_MS, (known?.sentMs ?? 0) + MARK_MS - Date.now());
      const timer = setTimeout(() => void this.#tell(room), Math.max(0, wait));
      this.#marks.set(room.id, { seq, sentMs: known?.sentMs ?? 0, timer });
    }
  }

  /** The end is seen: everything was read, unless it was left unread on purpose. */
  readAlong(room: Room, seq: number): void {
    if (this.#left !== room) this.markRead(room, seq);
  }

  /**
   * Have read only up to the record `seq`, until one goes on: somewhere else, or by writing here. Rejects with
   * `RefusedError` or `DisconnectedError`.
   */
  async leaveUnread(room: Room, seq: number): Promise<void> {
    clearTimeout(this.#marks.get(room.id)?.timer);
    this.#marks.delete(room.id);
    this.#left = room;
    const { you } = this.#connection.place;
    room.markRead(seq, you.id);
    // For guests is counted here.
    if (you.has_account) await this.#connection.ask({ type: "mark_read", room: room.name, seq });
  }

  /** What one sees there counts as read again. */
  goOn(room: Room): void {
    if (this.#left === room) this.#left = undefined;
  }

  /** Tell the server now what it would be told soon: the page may be closed. */
  flush(): void {
    for (const [id, { timer }] of this.#marks) {
      const room = this.#connection.place.rooms.get(id);
      if (timer === undefined || room === undefined) continue;
      clearTimeout(timer);
      void this.#tell(room);
    }
  }

  async #tell(room: Room): Promise<void> {
    const mark = this.#marks.get(room.id);
    if (mark === undefined) return;
    const { seq } = mark;
    mark.sentMs = Date.now();
    mark.timer = undefined;
    try {
      await this.#connection.ask({ type: "mark_read", room: room.name, seq });
      // It may have been read further while the answer was on its way.
      if (mark.seq > seq) room.markRead(mark.seq, this.#connection.place.you.id);
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof DisconnectedError)) throw error;
      // Whoever comes back is told what is unread, and it is marked again.
      this.#marks.delete(room.id);
    }
  }

  /** A page with what happened between the messages, or, where so much of that is not shown, the messages alone. */
  async #page(room: Room, where: Where): Promise<readonly HubRecord[]> {
    const asked = { type: "find_history", room: room.name, limit: PAGE, ...where } as const;
    const page = await this.#connection.query({ ...asked, with_events: true }, "history");
    if (page.records.length > 0) return page.records;
    return (await this.#connection.query(asked, "history")).records;
  }
}
