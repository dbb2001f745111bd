/** A place: everything that one client knows of one server. Whoever feeds it the server's messages may read it. */
import type {
  AnswerOf,
  FromServer,
  HubRecord,
  RecordMessage,
  RoomState,
  SignalMessage,
  UnreadView,
  Welcome,
  You,
} from "../wire/kinds";
import { Attendance } from "./attendance";
import { Awaiting, viewsOf } from "./awaiting";
import type { KeptPlace } from "./cache";
import { Emitter } from "./emitter";
import type { Level, Levelled } from "./levels";
import { Listeners } from "./listeners";
import { Room, TYPING_MS } from "./room";

const NOBODY: You = { id: "", name: "" };

/** Most rooms of which is asked what was missed: the server's `SINCE_LIMIT`. */
const SINCE_LIMIT = 1_000;

/** From which difference on the clock here counts as wrong; a message takes less to arrive. */
const SKEW_MS = 60_000;

export type Signal = SignalMessage["signal"];
export type Limits = Welcome["limits"];

export class Place extends Emitter {
  you: You = NOBODY;
  serverId = "";
  /** What the server calls itself, with its version. */
  software = "";
  limits: Limits | undefined;
  readonly rooms = new Map<number, Room>();
  /** Of what one is told, in rooms where that is not what is usual; a new map with every change. */
  levels: Levelled = new Map();
  /** How much later it is at the server than here, in milliseconds; 0 unless the clock here is plainly wrong. */
  skewMs = 0;
  readonly #attendance = new Attendance();
  readonly #awaiting = new Awaiting();
  readonly #signals = new Listeners<[Signal]>();
  readonly #records = new Listeners<[Room, HubRecord]>();
  readonly #snapshots = new Listeners<[Room]>();

  /** The last record of each room, for whoever comes back; of the newest rooms, where there are too many. */
  since(): Record<string, number> {
    const newest = [...this.rooms.values()].sort((one, other) => one.id - other.id).slice(-SINCE_LIMIT);
    return Object.fromEntries(newest.map((room) => [room.id, room.seq]));
  }

  /** Why those are away who are, by name. */
  get away(): ReadonlyMap<string, string> {
    return this.#attendance.away;
  }

  /** Who has an account, shares a room, and is not here. */
  get absent(): ReadonlySet<string> {
    return this.#attendance.absent;
  }

  /** Whether something of what was missed is still to come. */
  get isCatchingUp(): boolean {
    return this.#awaiting.isCatchingUp;
  }

  /** What time it is, as far as the server knows better: for dates beside its own. */
  nowMs(): number {
    return Date.now() + this.skewMs;
  }

  /** Return the room that is called so: `#tea`, or `@bob` for the conversation with him. */
  find(name: string): Room | undefined {
    const folded = name.toLocaleLowerCase();
    for (const room of this.rooms.values()) if (room.name.toLocaleLowerCase() === folded) return room;
    return undefined;
  }

  /** Hear every signal; returns how to stop that. */
  onSignal(listener: (signal: Signal) => void): () => void {
    return this.#signals.add(listener);
  }

  /** Hear every record that is new; returns how to stop that. */
  onRecord(listener: (room: Room, record: HubRecord) => void): () => void {
    return this.#records.add(listener);
  }

  /** Hear of every room that is told as a whole, with its last messages; returns how to stop that. */
  onSnapshot(listener: (room: Room) => void): () => void {
    return this.#snapshots.add(listener);
  }

  /** Take what is known from an earlier visit. */
  restore({ you, serverId, limits, levels }: KeptPlace, rooms: Iterable<Room>): void {
    this.you = you;
    this.levels = levels ?? new Map();
    this.serverId = serverId;
    this.limits = limits;
    for (const room of rooms) this.rooms.set(room.id, room);
    this.changed();
  }

  /** Forget everything: one is nobody here any more. */
  forget(): void {
    this.you = NOBODY;
    this.serverId = "";
    this.levels = new Map();
    this.rooms.clear();
    this.#awaiting.forget();
    this.#attendance.forget();
    this.changed();
  }

  /**
   * Take what holds now. `asked` are the rooms of which what was missed was asked for, and is still to come; `hoped` are
   * those into which one has asked to be let again.
   */
  welcome(welcome: Welcome, asked: readonly number[], hoped: readonly number[] = []): void {
    const isAnother = this.serverId !== "" && this.serverId !== welcome.server.id;
    const known = new Map(isAnother ? [] : this.rooms);
    const awaited = isAnother ? [] : asked;
    this.you = welcome.you;
    this.limits = welcome.limits;
    this.serverId = welcome.server.id;
    this.software = welcome.server.software;
    this.levels = new Map();
    for (const [id, level] of Object.entries(welcome.levels ?? {})) this.#level(Number(id), level);
    this.#attendance.forget();
    this.rooms.clear();
    for (const room of this.#awaiting.begin(known, awaited, hoped, welcome)) this.rooms.set(room.id, room);
    for (const state of welcome.rooms ?? [])
      if (!this.#awaiting.has(state.id)) this.#enter(state, known.get(state.id), viewsOf(welcome, state));
    this.changed();
  }

  /** Everything that follows from having come in has come: rooms one was not let into are not there any more. */
  settle(): void {
    for (const id of this.#awaiting.settle()) this.rooms.delete(id);
    this.changed();
  }

  /** Take whatever else the server says without having been asked. */
  hear(message: FromServer): void {
    switch (message.type) {
      case "record":
        this.#hearRecord(message);
        break;
      case "signal":
        this.#notice(message.signal);
        break;
      case "entered":
        this.#enter(message.room, this.rooms.get(message.room.id), []);
        this.changed();
        break;
      case "departed":
        this.#depart(message.room);
        break;
      case "reset":
        this.#reset(message.room);
        break;
      case "resumed":
        this.#resume(message.room, message.seq);
        break;
      case "you":
        this.you = message.you;
        this.changed();
        break;
      default:
        break;
    }
  }

  /** Take who of those in a room is away or not here; and who is in it at all, where that is the whole list. */
  meet(answer: AnswerOf<"members">, isWhole = false): void {
    if (isWhole) this.find(answer.room)?.meet(answer.members.map((member) => member.name));
    this.#attendance.meet(answer.members);
    this.changed();
  }

  /** How far one has read each room, by its name. */
  marks(): ReadonlyMap<string, number> {
    return new Map([...this.rooms.values()].map((room) => [room.name, room.unread.mark]));
  }

  /** A room, or all of them if it has no name, was read up to a record; threads count apart. */
  markRead(name: string, thread: number, seq: number): void {
    for (const room of name === "" ? this.rooms.values() : [this.find(name)])
      room?.markRead(name === "" ? room.seq : seq, this.you.id, thread);
    this.changed();
  }

  /** From now on one is told that of a room. */
  level(id: number, level: Level | "default"): void {
    this.#level(id, level);
    this.changed();
  }

  #level(id: number, level: Level | "default"): void {
    const others = [...this.levels].filter(([one]) => one !== id);
    this.levels = new Map(level === "default" ? others : [...others, [id, level]]);
  }

  #hearRecord({ type: _, in: name = "", ...record }: RecordMessage): void {
    this.#apply(record, name);
  }

  #apply(record: HubRecord, name: string): void {
    let room = this.rooms.get(record.room);
    if (room === undefined) {
      // It is that of a conversation which has just begun.
      room = new Room({ id: record.room, name, kind: "direct", seq: record.seq - 1 });
      room.wholeSinceMs = 0;
      this.rooms.set(room.id, room);
      this.changed();
    }
    if (record.seq <= room.seq) return;
    const before = room.name;
    const count = room.unread;
    if (room.kind === "direct" && name !== "" && name !== before) room.rename(name);
    if (!this.#awaiting.has(record.room)) this.#learnTime(record.time_ms);
    room.apply(record, this.you.id);
    this.#noteRenaming(record);
    this.#records.tell(room, record);
    if (room.name !== before || room.unread.count !== count.count || room.unread.mentions !== count.mentions)
      this.changed();
  }

  /** The conversation with somebody is called as he is. */
  #noteRenaming({ event }: HubRecord): void {
    if (event.type !== "renamed") return;
    const { name, new_name: newName } = event;
    for (const room of this.rooms.values())
      if (room.kind === "direct" && room.name === `@${name}`) room.rename(`@${newName}`);
    this.#attendance.rename(name, newName);
    this.changed();
  }

  #learnTime(timeMs: number): void {
    const skew = timeMs - Date.now();
    this.skewMs = Math.abs(skew) > SKEW_MS ? skew : 0;
  }

  #enter(state: RoomState, known: Room | undefined, views: readonly UnreadView[]): void {
    const room = known ?? new Room(state);
    this.#awaiting.end(state.id);
    this.rooms.set(state.id, room);
    if (known) known.reset(state, this.you.id);
    this.#count(room, views, state.seq);
    this.#snapshots.tell(room);
  }

  #depart(id: number): void {
    this.#awaiting.end(id);
    this.rooms.delete(id);
    this.changed();
  }

  #reset(state: RoomState): void {
    const views = this.#awaiting.end(state.id)?.views ?? [];
    this.#enter(state, this.rooms.get(state.id), views);
    this.changed();
  }

  #resume(id: number, seq: number): void {
    const room = this.rooms.get(id);
    const awaited = this.#awaiting.end(id);
    if (room !== undefined) {
      // Not before: what was missed is counted in there already.
      if (awaited?.state?.seq === seq) room.adopt(awaited.state);
      room.seq = Math.max(room.seq, seq);
      this.#count(room, awaited?.views ?? [], seq);
    }
    this.changed();
  }

  /** Take what the server counts. It counts only for who has an account; guests are counted for here. */
  #count(room: Room, views: readonly UnreadView[], at: number): void {
    if (!this.you.has_account) return;
    if (!views.some((view) => view.thread === 0)) room.markRead(at, this.you.id);
    for (const view of views) room.count(view, at, this.you.id);
  }

  #notice(signal: Signal): void {
    switch (signal.type) {
      case "typing":
        if (signal.name !== this.you.name)
          this.find(signal.room)?.showTyping(signal.name, Date.now() + TYPING_MS[signal.state ?? "active"]);
        break;
      case "marking":
        this.markRead(signal.room, signal.thread, signal.seq);
        break;
      case "levelling":
        this.level(signal.id, signal.level);
        break;
      case "retitling":
        this.find(signal.old_name)?.rename(signal.new_name);
        this.changed();
        break;
      case "idling":
        this.#attendance.goAway(signal.name, signal.message);
        this.changed();
        break;
      case "returning":
        this.#attendance.return(signal.name);
        this.changed();
        break;
      case "appearing":
        this.#attendance.appear(signal.arrived, signal.gone);
        this.changed();
        break;
      default:
        break;
    }
    this.#signals.tell(signal);
  }
}
