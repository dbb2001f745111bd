/** A lookout: whether those with whom one talks alone are here, wherever they are; and whether one is away oneself. */
import type { HubRecord } from "../wire/kinds";
import type { Connection } from "./connection";
import { Emitter } from "./emitter";
import { DisconnectedError, RefusedError } from "./refusals";

export type Presence =
  | { readonly kind: "here" }
  | { readonly kind: "away"; readonly why: string }
  | { readonly kind: "gone" };

/** Of so many is asked why they are away, if they are: one question each, when one comes in. */
const ASKED = 20;

const HERE: Presence = { kind: "here" };
const GONE: Presence = { kind: "gone" };

export class Lookout extends Emitter {
  /** Why one is away oneself; `undefined` while one is not. */
  ownAbsence: string | undefined;
  readonly #connection: Connection;
  #here: ReadonlySet<string> = new Set();
  #away: ReadonlyMap<string, string> = new Map();
  #watched: ReadonlySet<string> = new Set();
  #isOnline = false;

  constructor(connection: Connection) {
    super();
    this.#connection = connection;
    const { place } = connection;
    connection.subscribe(() => this.#follow());
    place.subscribe(() => this.#watch());
    place.onRecord((_room, record) => this.#note(record));
    place.onSignal((signal) => {
      if (signal.type === "arriving") this.#see([signal.name], true);
      if (signal.type === "departing") this.#see([signal.name], false);
      if (signal.type === "idling") this.#excuse(signal.name, signal.message);
      if (signal.type === "returning") this.#excuse(signal.name, undefined);
    });
    this.#follow();
  }

  /** Whether somebody is here. Whoever is not looked out for counts as here unless a room knows better. */
  presenceOf(name: string): Presence {
    const { away, absent } = this.#connection.place;
    const folded = fold(name);
    const isHere = this.#watched.has(folded) ? this.#here.has(folded) : !absent.has(name);
    if (!isHere) return GONE;
    const why = away.get(name) ?? this.#away.get(folded);
    return why === undefined ? HERE : { kind: "away", why };
  }

  /** Be away, and tell whoever writes why. Rejects with `RefusedError` or `DisconnectedError`. */
  async goAway(message: string): Promise<void> {
    await this.#connection.ask({ type: "go_away", message });
    this.#be(message);
  }

  /** Be there again. Rejects with `RefusedError` or `DisconnectedError`. */
  async comeBack(): Promise<void> {
    await this.#connection.ask({ type: "come_back" });
    this.#be(undefined);
  }

  #follow(): void {
    const isOnline = this.#connection.status.kind === "online";
    if (isOnline === this.#isOnline) return;
    this.#isOnline = isOnline;
    this.#watched = new Set();
    this.#away = new Map();
    this.#watch();
    if (isOnline) void this.#learnOwn();
  }

  #watch(): void {
    if (!this.#isOnline) return;
    const partners = [...this.#connection.place.rooms.values()].filter((room) => room.kind === "direct");
    const names = partners.map((room) => room.name.slice(1)).filter((name) => !this.#watched.has(fold(name)));
    if (names.length === 0) return;
    this.#watched = new Set([...this.#watched, ...names.map(fold)]);
    void this.#ask(names);
  }

  async #ask(names: readonly string[]): Promise<void> {
    const asked = this.#connection.query(
      { type: "watch_people", names: [...names], closely: true },
      "people_watched",
    );
    const found = await asked.catch(pass);
    if (found === undefined) return;
    const leftOver = new Set((found.left_over ?? []).map(fold));
    this.#watched = new Set([...this.#watched].filter((name) => !leftOver.has(name)));
    this.#see(found.here, true);
    for (const name of found.here.slice(0, ASKED)) await this.#learn(name);
  }

  async #learn(name: string): Promise<void> {
    const found = await this.#connection.query({ type: "find_person", name }, "person_found").catch(pass);
    if (found?.away != null) this.#excuse(name, found.away);
  }

  #excuse(name: string, why: string | undefined): void {
    const others = [...this.#away].filter(([one]) => one !== fold(name));
    this.#away = new Map(why === undefined ? others : [...others, [fold(name), why]]);
    this.changed();
  }

  #see(names: readonly string[], isHere: boolean): void {
    const folded = names.map(fold);
    const others = [...this.#here].filter((name) => !folded.includes(name));
    this.#here = new Set(isHere ? [...others, ...folded] : others);
    this.changed();
  }

  async #learnOwn(): Promise<void> {
    const { name } = this.#connection.place.you;
    const found = await this.#connection.query({ type: "find_person", name }, "person_found").catch(pass);
    if (found !== undefined) this.#be(found.away ?? undefined);
  }

  /** Whoever has an account is away on all of his connections. */
  #note({ event }: HubRecord): void {
    if (event.type !== "went_away" && event.type !== "came_back") return;
    if (event.author !== this.#connection.place.you.id) return;
    this.#be(event.type === "went_away" ? event.message : undefined);
  }

  #be(why: string | undefined): void {
    this.ownAbsence = why;
    this.changed();
  }
}

const everywhere = new WeakMap<Connection, Lookout>();

/** Return the lookout of a server. */
export function lookoutOf(connection: Connection): Lookout {
  const known = everywhere.get(connection) ?? new Lookout(connection);
  everywhere.set(connection, known);
  return known;
}

function fold(name: string): string {
  return name.toLocaleLowerCase();
}

/** What cannot be learnt is not shown. */
function pass(error: unknown): undefined {
  if (error instanceof RefusedError || error instanceof DisconnectedError) return undefined;
  throw error;
}
