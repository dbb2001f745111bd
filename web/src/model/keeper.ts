/** The keeper: keeps of one account what the next visit needs, and shares with other tabs what is not sent yet. */
import type { Shelf } from "./accounts";
import type { Cache, KeptAccount, KeptRoom } from "./cache";
import type { Connection } from "./connection";
import type { Desks, Draft } from "./desk";
import { lastMarks, lastWords } from "./lastWords";
import type { Outgoing } from "./outbox";
import { KEPT_RECORDS, Room } from "./room";
import type { TabMessage, Tabs } from "./tabs";
import { Timeline } from "./timeline";

/** How long after something has happened it is kept: so much may have to be brought again after a crash. */
export const SOON_MS = 250;

/** How long nothing is kept again after that, however much happens. */
export const KEEP_MS = 2_000;

/** The same for what is being written. */
export const DRAFT_MS = 300;

/** Most rooms that are kept of one account: those in which something happened last. */
export const KEPT_ROOMS = 200;

/** What all keepers of a page share. */
export interface Surroundings {
  readonly cache: Cache;
  readonly tabs: Tabs;
  readonly shelf: Shelf;
}

export class Keeper {
  readonly #account: string;
  readonly #connection: Connection;
  readonly #desks: Desks;
  readonly #cache: Cache;
  readonly #tabs: Tabs;
  readonly #shelf: Shelf;
  /** The version of each room that is kept. */
  readonly #kept = new Map<number, number>();
  #keptAt = Number.NEGATIVE_INFINITY;
  #shown: ReadonlyMap<string, Outgoing> = new Map();
  readonly #written = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  /** Whether somebody else has written what is being taken. */
  #isTaking = false;

  constructor(account: string, connection: Connection, desks: Desks, { cache, tabs, shelf }: Surroundings) {
    this.#account = account;
    this.#connection = connection;
    this.#desks = desks;
    this.#cache = cache;
    this.#tabs = tabs;
    this.#shelf = shelf;
  }

  /** Bring back what was kept, and keep what happens from now on. */
  async begin(): Promise<void> {
    this.#take(await this.#cache.load(this.#account));
    const { place, outbox } = this.#connection;
    place.subscribe(() => this.#keepSoon());
    place.onRecord(() => this.#keepSoon());
    outbox.subscribe(() => this.#noteOutbox(outbox.entries));
    this.#noteOutbox(outbox.entries);
    this.#desks.watch((room) => this.#noteDraft(room));
    this.#tabs.listen((message) => this.#hear(message));
    void this.#adopt();
  }

  /** Keep now what would be kept soon: the page may be closed. */
  flush(): void {
    if (this.#timer !== undefined) this.#keep();
    const rooms = [...this.#written];
    const drafts = rooms.map((room) => [room, this.#desks.at(room).draft] as const);
    lastWords.leave(this.#shelf, this.#account, Object.fromEntries(drafts));
    this.#leaveMarks();
    this.#keepDrafts();
  }

  /** Keep nothing of it any more. */
  async forget(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#kept.clear();
    await this.#cache.forget(this.#account);
  }

  #take(kept: KeptAccount): void {
    const { place, outbox } = this.#connection;
    // Whoever was quicker with coming in knows better.
    if (kept.place && place.you.id === "") {
      const { you } = kept.place;
      const rooms = kept.rooms.map((one) => restoreRoom(one, you.id));
      place.restore(kept.place, rooms);
      for (const room of rooms) this.#kept.set(room.id, room.version);
    }
    this.#shown = new Map(kept.outgoing.map((entry) => [entry.nonce, entry]));
    outbox.restore(kept.outgoing);
    this.#takeMarks();
    const words = new Map(Object.entries(lastWords.take(this.#shelf, this.#account)));
    for (const [room, draft] of new Map([...kept.drafts, ...words])) {
      const desk = this.#desks.at(room);
      if (desk.text === "") desk.take(draft);
      if (words.has(room)) this.#written.add(room);
    }
    this.#keepDrafts();
  }

  #leaveMarks(): void {
    const { place } = this.#connection;
    if (place.you.id === "" || place.isCatchingUp) return;
    const marks = [...place.rooms.values()].map(({ id, unread }) => [id, unread.mark] as const);
    lastMarks.leave(this.#shelf, this.#account, Object.fromEntries(marks));
  }

  /** Have read what was read when the page was closed: nobody else counts it for a guest. */
  #takeMarks(): void {
    const { place } = this.#connection;
    for (const [id, mark] of Object.entries(lastMarks.take(this.#shelf, this.#account))) {
      const room = place.rooms.get(Number(id));
      if (room !== undefined && mark > room.unread.mark) room.markRead(mark, place.you.id);
    }
  }

  /** Send what tabs left behind that are not there any more. */
  async #adopt(): Promise<void> {
    const { outbox } = this.#connection;
    if (outbox.entries.every((entry) => outbox.isOwn(entry))) return;
    const here = await this.#tabs.roll();
    outbox.adopt((tab) => !here.has(tab));
    this.#connection.flush();
  }

  #hear(message: TabMessage): void {
    const { outbox } = this.#connection;
    switch (message.kind) {
      case "outgoing":
        if (message.account !== this.#account) return;
        this.#isTaking = true;
        outbox.follow(message.nonce, message.entry);
        this.#isTaking = false;
        break;
      case "draft":
        // What is being written here is newer.
        if (message.account !== this.#account || this.#written.has(message.room)) return;
        this.#isTaking = true;
        this.#desks.at(message.room).take(message.draft);
        this.#isTaking = false;
        break;
      case "gone":
        outbox.adopt((tab) => tab === message.tab);
        this.#connection.flush();
        break;
      default:
        break;
    }
  }

  /** What was written is kept at once, and shown in the other tabs. */
  #noteOutbox(entries: readonly Outgoing[]): void {
    const shown = new Map(entries.map((entry) => [entry.nonce, entry]));
    const before = this.#shown;
    this.#shown = shown;
    if (this.#isTaking) return;
    for (const entry of entries)
      if (before.get(entry.nonce) !== entry && this.#connection.outbox.isOwn(entry)) {
        void this.#cache.keepOutgoing(this.#account, entry);
        this.#tabs.tell({ kind: "outgoing", account: this.#account, nonce: entry.nonce, entry });
      }
    for (const nonce of before.keys())
      if (!shown.has(nonce)) {
        void this.#cache.dropOutgoing(this.#account, nonce);
        this.#tabs.tell({ kind: "outgoing", account: this.#account, nonce });
      }
  }

  #noteDraft(room: string): void {
    if (this.#isTaking) return;
    this.#written.add(room);
    // What was sent is taken away at once, before another tab is written in.
    if (isEmpty(this.#desks.at(room).draft)) this.#keepDrafts();
    else this.#draftTimer ??= setTimeout(() => this.#keepDrafts(), DRAFT_MS);
  }

  #keepDrafts(): void {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    for (const room of this.#written) {
      const { draft } = this.#desks.at(room);
      void this.#cache.keepDraft(this.#account, room, isEmpty(draft) ? undefined : draft);
      this.#tabs.tell({ kind: "draft", account: this.#account, room, draft });
    }
    this.#written.clear();
  }

  #keepSoon(): void {
    const rest = this.#keptAt + KEEP_MS - performance.now();
    this.#timer ??= setTimeout(() => this.#keep(), Math.max(SOON_MS, rest));
  }

  #keep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#keptAt = performance.now();
    const { place } = this.#connection;
    // What was missed is still being brought: until that has come, the last visit is the better one to go on from.
    if (place.you.id === "" || place.isCatchingUp) return;
    const rooms = [...place.rooms.values()]
      .sort((one, other) => lastTime(other) - lastTime(one))
      .slice(0, KEPT_ROOMS);
    const changed = rooms.filter((room) => this.#kept.get(room.id) !== room.version);
    for (const room of changed) this.#kept.set(room.id, room.version);
    const { you, serverId, limits, levels } = place;
    const ids = new Set(rooms.map((room) => room.id));
    void this.#cache.keepPlace(this.#account, { you, serverId, limits, levels }, changed.map(keepRoom), ids);
  }
}

function isEmpty({ text, replyingTo, editing, aside = "", files = [] }: Draft): boolean {
  return [text, replyingTo, editing, aside].every((part) => part === "") && files.length === 0;
}

function lastTime(room: Room): number {
  return room.timeline.last?.time_ms ?? 0;
}

function keepRoom(room: Room): KeptRoom {
  const { timeline, wholeSinceMs, keptUnread: unread } = room;
  const isWhole = timeline.records.length <= KEPT_RECORDS;
  return {
    state: room.snapshot(KEPT_RECORDS),
    reachesStart: timeline.reachesStart && isWhole,
    hasEvents: timeline.hasEvents,
    unread,
    wholeSinceMs,
  };
}

function restoreRoom(kept: KeptRoom, you: string): Room {
  const room = new Room(kept.state);
  room.timeline = new Timeline(kept.state.recent ?? [], kept.reachesStart, true, kept.hasEvents);
  room.wholeSinceMs = kept.wholeSinceMs;
  room.restoreUnread(kept.unread, you);
  return room;
}
