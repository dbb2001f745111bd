/**
 * Levels: of what one is told of each room. The server keeps them, for all one's devices; what was chosen without a
 * connection holds here at once, and is told to it on return.
 */
import type { Shelf } from "./accounts";
import type { Connection } from "./connection";
import { Emitter } from "./emitter";
import { DisconnectedError, RefusedError } from "./refusals";
import type { Room } from "./room";

/** What of a room one is told; a room of which that is nothing is muted. */
export type Level = "all" | "mentions" | "nothing";
export type Levelled = ReadonlyMap<number, Level>;

const LEVELS: readonly unknown[] = ["all", "mentions", "nothing"];

interface Waiting {
  readonly level: Level;
  /** Whether what the server has goes before it: it is what it had told somebody whom it does not know any more. */
  readonly yields: boolean;
}

export class Levels extends Emitter {
  readonly #connection: Connection;
  readonly #shelf: Shelf;
  readonly #key: string;
  /** What the server does not know yet, by the rooms' ids. */
  #waiting: ReadonlyMap<number, Waiting>;
  #seen: Pick<Connection["place"], "you" | "levels">;
  #wasSettled = false;

  /** `account` is `Server.key`. */
  constructor(connection: Connection, shelf: Shelf, account: string) {
    super();
    this.#connection = connection;
    this.#shelf = shelf;
    this.#key = `hubbub.levels.${account}`;
    this.#waiting = parseWaiting(shelf.getItem(this.#key));
    this.#seen = seenIn(connection);
    connection.place.subscribe(() => this.#notePlace());
    connection.subscribe(() => this.#noteConnection());
  }

  levelOf(room: Room): Level {
    const there = this.#connection.place.levels.get(room.id);
    const waiting = this.#waiting.get(room.id);
    const isFirst = waiting !== undefined && !(waiting.yields && there !== undefined);
    return (isFirst ? waiting.level : there) ?? usualOf(room);
  }

  isMuted(room: Room): boolean {
    return this.levelOf(room) === "nothing";
  }

  /** Rejects with `RefusedError`, and then it is as before. Without a connection it holds, and is told on return. */
  async choose(room: Room, level: Level): Promise<void> {
    const waiting = { level, yields: false };
    this.#keep(new Map([...this.#waiting, [room.id, waiting]]));
    if (this.#connection.isSettled) await this.#send(room, waiting);
  }

  /** One is nobody here any more: what waits is nobody's. */
  forget(): void {
    this.#keep(new Map());
  }

  async #send(room: Room, waiting: Waiting): Promise<void> {
    const level = waiting.level === usualOf(room) ? "default" : waiting.level;
    try {
      const asked = { type: "set_level", room: room.name, level } as const;
      const found = await this.#connection.query(asked, "level_found");
      this.#connection.place.level(found.id, found.level);
      this.#drop(room.id, waiting);
    } catch (error) {
      if (error instanceof DisconnectedError) return;
      if (!(error instanceof RefusedError)) throw error;
      // A server of an older version keeps none: it holds here alone.
      if (error.code === "bad_request" || error.code === "try_again") return;
      this.#drop(room.id, waiting);
      if (!waiting.yields) throw error;
    }
  }

  #noteConnection(): void {
    const { isSettled } = this.#connection;
    const hasSettled = isSettled && !this.#wasSettled;
    this.#wasSettled = isSettled;
    if (!hasSettled) return;
    const { rooms, levels } = this.#connection.place;
    for (const [id, waiting] of this.#waiting) {
      const room = rooms.get(id);
      if (room === undefined || (waiting.yields && levels.has(id))) this.#drop(id, waiting);
      // Whoever chose it is not there any more to be told why not.
      else void this.#send(room, waiting).catch(pass);
    }
  }

  #notePlace(): void {
    const { you, levels } = this.#seen;
    this.#seen = seenIn(this.#connection);
    const now = this.#seen;
    if (now.you.id === you.id && now.levels === levels) return;
    // A guest who has lost his place is another one to the server, and the same to himself.
    const isGuestAgain = you.id !== "" && now.you.id !== you.id && !you.has_account && !now.you.has_account;
    if (isGuestAgain && now.you.id !== "") this.#yield(levels);
    this.changed();
  }

  #yield(levels: Levelled): void {
    const old = [...levels].map(([id, level]) => [id, { level, yields: true }] as const);
    if (old.length > 0) this.#keep(new Map([...old, ...this.#waiting]));
  }

  #drop(id: number, waiting: Waiting): void {
    if (this.#waiting.get(id) === waiting)
      this.#keep(new Map([...this.#waiting].filter(([one]) => one !== id)));
  }

  #keep(waiting: ReadonlyMap<number, Waiting>): void {
    this.#waiting = waiting;
    this.#shelf.setItem(this.#key, JSON.stringify([...waiting]));
    this.changed();
  }
}

/** Everything of conversations and groups, of other rooms what calls one. */
function usualOf(room: Room): Level {
  return room.kind === "direct" || room.isGroup ? "all" : "mentions";
}

function seenIn({ place: { you, levels } }: Connection): Pick<Connection["place"], "you" | "levels"> {
  return { you, levels };
}

/** Read what was kept; whatever makes no sense is left out. */
function parseWaiting(text: string | null): ReadonlyMap<number, Waiting> {
  try {
    const kept = JSON.parse(text ?? "[]") as [unknown, Partial<Waiting> | null][];
    return new Map(kept.filter(isWaiting));
  } catch {
    // Another version's, or somebody's own.
    return new Map();
  }
}

function isWaiting(entry: [unknown, Partial<Waiting> | null]): entry is [number, Waiting] {
  return typeof entry[0] === "number" && LEVELS.includes(entry[1]?.level);
}

/** It stays here, and is told after the next coming back. */
function pass(error: unknown): void {
  if (!(error instanceof RefusedError)) throw error;
}
