/** A place: everything that one client knows of one server. Whoever feeds it the server's messages may read it. */
import type { FromServer, HubRecord, RoomState, SignalMessage, Welcome, You } from "../wire/kinds";
import { Emitter } from "./emitter";
import { Room, TYPING_MS } from "./room";

const NOBODY: You = { id: "", name: "" };

export type Signal = SignalMessage["signal"];
export type Limits = Welcome["limits"];

export class Place extends Emitter {
  you: You = NOBODY;
  serverId = "";
  limits: Limits | undefined;
  readonly rooms = new Map<number, Room>();
  /** Why those are away who are, by name. */
  readonly away = new Map<string, string>();
  /** Who has an account, shares a room, and is not here. */
  readonly absent = new Set<string>();
  readonly #awaited = new Map<number, RoomState>();
  readonly #onSignal = new Set<(signal: Signal) => void>();
  readonly #onRecord = new Set<(room: Room, record: HubRecord) => void>();

  /** The last record of each room, for whoever comes back. */
  since(): Record<string, number> {
    return Object.fromEntries([...this.rooms.values()].map((room) => [room.id, room.seq]));
  }

  /** Return the room that is called so: `#tea`, or `@bob` for the conversation with him. */
  find(name: string): Room | undefined {
    const folded = name.toLocaleLowerCase();
    for (const room of this.rooms.values()) if (room.name.toLocaleLowerCase() === folded) return room;
    return undefined;
  }

  /** Hear every signal; returns how to stop that. */
  onSignal(listener: (signal: Signal) => void): () => void {
    this.#onSignal.add(listener);
    return () => this.#onSignal.delete(listener);
  }

  /** Hear every record that is new; returns how to stop that. */
  onRecord(listener: (room: Room, record: HubRecord) => void): () => void {
    this.#onRecord.add(listener);
    return () => this.#onRecord.delete(listener);
  }

  /** Take what holds now; `asked` are the rooms of which what was missed was asked for, and is still to come. */
  welcome(welcome: Welcome, asked: readonly number[]): void {
    const isAnother = this.serverId !== "" && this.serverId !== welcome.server.id;
    const known = new Map(isAnother ? [] : this.rooms);
    this.you = welcome.you;
    this.limits = welcome.limits;
    this.serverId = welcome.server.id;
    this.away.clear();
    this.absent.clear();
    this.rooms.clear();
    this.#awaited.clear();
    this.#keepConversations(known, asked);
    for (const state of welcome.rooms ?? [])
      this.#welcomeTo(state, asked.includes(state.id) ? known : undefined);
    for (const view of welcome.unread ?? []) if (view.thread === 0) this.find(view.room)?.count(view);
    this.changed();
  }

  #welcomeTo(state: RoomState, known: ReadonlyMap<number, Room> | undefined): void {
    const room = known?.get(state.id);
    this.rooms.set(state.id, room ?? new Room(state));
    if (room) this.#awaited.set(state.id, state);
  }

  /** Conversations in which nobody has spoken lately are not told of, and what was missed there will come. */
  #keepConversations(known: ReadonlyMap<number, Room>, asked: readonly number[]): void {
    for (const id of asked) {
      const room = known.get(id);
      if (room?.kind === "direct") this.rooms.set(id, room);
    }
  }

  /** Take whatever else the server says without having been asked. */
  hear(message: FromServer): void {
    switch (message.type) {
      case "record":
        this.#apply(message, message.in ?? "");
        break;
      case "signal":
        this.#notice(message.signal);
        break;
      case "entered":
        this.#enter(message.room);
        break;
      case "departed":
        this.rooms.delete(message.room);
        this.changed();
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

  #apply(record: HubRecord, name: string): void {
    let room = this.rooms.get(record.room);
    if (room === undefined) {
      // It is that of a conversation which has just begun.
      room = new Room({ id: record.room, name, kind: "direct", seq: record.seq - 1 });
      this.rooms.set(room.id, room);
      this.changed();
    }
    if (record.seq <= room.seq) return;
    const before = room.name;
    room.apply(record, this.you.id);
    if (room.name !== before) this.changed();
    for (const listener of this.#onRecord) listener(room, record);
  }

  #enter(state: RoomState): void {
    const known = this.rooms.get(state.id);
    if (known) known.reset(state);
    else this.rooms.set(state.id, new Room(state));
    this.changed();
  }

  #reset(state: RoomState): void {
    this.#awaited.delete(state.id);
    this.#enter(state);
  }

  #resume(id: number, seq: number): void {
    const room = this.rooms.get(id);
    const state = this.#awaited.get(id);
    this.#awaited.delete(id);
    if (room === undefined) return;
    // Not before: what was missed is counted in there already.
    if (state?.seq === seq) room.adopt(state);
    room.seq = Math.max(room.seq, seq);
  }

  #notice(signal: Signal): void {
    switch (signal.type) {
      case "typing":
        if (signal.name !== this.you.name)
          this.find(signal.room)?.showTyping(signal.name, Date.now() + TYPING_MS[signal.state ?? "active"]);
        break;
      case "marking":
        this.#mark(signal.room, signal.thread, signal.seq);
        break;
      case "idling":
        this.away.set(signal.name, signal.message);
        this.changed();
        break;
      case "returning":
        this.away.delete(signal.name);
        this.changed();
        break;
      case "appearing":
        for (const name of signal.arrived) this.absent.delete(name);
        for (const name of signal.gone) this.absent.add(name);
        this.changed();
        break;
      default:
        break;
    }
    for (const listener of this.#onSignal) listener(signal);
  }

  #mark(name: string, thread: number, seq: number): void {
    if (thread !== 0) return;
    for (const room of this.rooms.values())
      if (name === "" || room.name === name) room.markRead(seq, this.you.id);
  }
}
