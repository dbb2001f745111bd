/** A charter: what holds in a room, and who looks after it; asked for once somebody wants to know, and kept current. */
import type { HubEvent, RoomRole, RoomSettings } from "../wire/kinds";
import type { Connection } from "./connection";
import { Emitter } from "./emitter";
import type { Standing } from "./ranks";
import { RefusedError } from "./refusals";
import type { Room } from "./room";

/** What is known of a room's settings that were left out, as they had their default. */
const DEFAULTS: Required<RoomSettings> = {
  access: "public",
  is_moderated: false,
  slow_seconds: 0,
  member_limit: 0,
  key: "",
  is_topic_locked: false,
  history: "everyone",
  keep_days: 0,
  keep_messages: 0,
  is_archived: false,
  is_group: false,
  is_hidden: false,
  accounts_only: false,
  speakers_have_accounts: false,
  refuses_queries: false,
  is_plain: false,
};

/** After these, something else holds, or somebody else looks after the room. */
const CHANGING: ReadonlySet<HubEvent["type"]> = new Set<HubEvent["type"]>([
  "settings_changed",
  "role_set",
  "renamed",
  "kicked",
  "left",
  "joined",
  "room_renamed",
]);

export class Charter extends Emitter {
  /** What holds; `undefined` until it is known. */
  settings: Required<RoomSettings> | undefined;
  hasKey = false;
  /** Who is more than a member, the highest first. */
  roles: readonly (readonly [RoomRole, string])[] = [];
  readonly #connection: Connection;
  readonly #room: Room;
  #isAsking = false;
  #isStale = false;

  constructor(connection: Connection, room: Room) {
    super();
    this.#connection = connection;
    this.#room = room;
  }

  /** Something happened in the room. */
  note(event: HubEvent): void {
    if (!CHANGING.has(event.type)) return;
    const isAboutRoles = !["left", "joined", "renamed", "kicked"].includes(event.type);
    if (!isAboutRoles && !this.roles.some(([, name]) => concerns(event, name))) return;
    void this.#ask();
  }

  /** Ask anew: everything may be different. */
  renew(): void {
    void this.#ask();
  }

  roleOf(name: string): RoomRole {
    const folded = name.toLocaleLowerCase();
    return this.roles.find(([, one]) => one.toLocaleLowerCase() === folded)?.[0] ?? "member";
  }

  /** Whether nothing is a mark there. */
  get isPlain(): boolean {
    return this.settings?.is_plain ?? false;
  }

  /** As what one acts there oneself. */
  get own(): Standing {
    const { name, role } = this.#connection.place.you;
    return { role: this.roleOf(name), serverRole: role ?? "" };
  }

  async #ask(): Promise<void> {
    if (this.#room.kind !== "channel") return;
    this.#isStale = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#take();
      }
    } finally {
      this.#isAsking = false;
    }
  }

  async #take(): Promise<void> {
    const asked = this.#connection.query({ type: "find_room", room: this.#room.name }, "room_found");
    const found = await asked.catch(pass);
    if (found === undefined) return;
    this.settings = { ...DEFAULTS, ...found.settings };
    this.hasKey = found.has_key;
    // Generated types know no tuples: it is a list of pairs.
    this.roles = found.roles as unknown as readonly (readonly [RoomRole, string])[];
    this.changed();
  }
}

/** The charters of all rooms of one server. */
class Charters {
  readonly #connection: Connection;
  readonly #charters = new WeakMap<Room, Charter>();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.place.onRecord((room, { event }) => this.#charters.get(room)?.note(event));
    connection.place.onSnapshot((room) => this.#charters.get(room)?.renew());
    connection.subscribe(() => this.#fill());
  }

  known(room: Room): Charter | undefined {
    return this.#charters.get(room);
  }

  of(room: Room): Charter {
    const known = this.known(room);
    if (known) return known;
    const charter = new Charter(this.#connection, room);
    this.#charters.set(room, charter);
    charter.renew();
    return charter;
  }

  /** There is a connection again: ask what could not be asked before. */
  #fill(): void {
    if (this.#connection.status.kind !== "online") return;
    for (const room of this.#connection.place.rooms.values()) {
      const charter = this.#charters.get(room);
      if (charter && charter.settings === undefined) charter.renew();
    }
  }
}

const everywhere = new WeakMap<Connection, Charters>();

/** Return the charter of a room. Where it is not known yet, it is asked for, and is there when it has changed. */
export function charterOf(connection: Connection, room: Room): Charter {
  const known = everywhere.get(connection) ?? new Charters(connection);
  everywhere.set(connection, known);
  return known.of(room);
}

/** Return it only where somebody has asked for it before: for whoever looks at many rooms at once. */
export function knownCharterOf(connection: Connection, room: Room): Charter | undefined {
  return everywhere.get(connection)?.known(room);
}

function concerns(event: HubEvent, name: string): boolean {
  return event.name === name || ("person_name" in event && event.person_name === name);
}

/** Nobody may be told who may not know of the room, and nothing is known without a connection. */
function pass(error: unknown): undefined {
  if (error instanceof RefusedError || (error instanceof Error && error.name === "DisconnectedError"))
    return undefined;
  throw error;
}
