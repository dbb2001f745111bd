/** A roster: everybody who is in a room, fetched page by page, and kept current by what happens there. */
import type { AnswerOf, HubRecord } from "../wire/kinds";
import type { Connection } from "./connection";
import { Emitter } from "./emitter";
import type { Room } from "./room";

export type Member = AnswerOf<"members">["members"][number];

export class Roster extends Emitter {
  /** A new array with every change, in no order that matters. */
  members: readonly Member[] = [];
  isWhole = false;
  readonly #connection: Connection;
  readonly #room: Room;

  constructor(connection: Connection, room: Room) {
    super();
    this.#connection = connection;
    this.#room = room;
  }

  /** Begin to keep it; returns how to stop that. */
  follow(): () => void {
    return this.#connection.place.onRecord((room, record) => room === this.#room && this.#note(record));
  }

  /** Fetch all of it. Rejects with `RefusedError` or `DisconnectedError`. */
  async load(): Promise<void> {
    const { place } = this.#connection;
    const found = new Map<string, Member>();
    for (let more = 1; more > 0; ) {
      const page = await this.#connection.query(
        { type: "list_members", room: this.#room.name, skip: found.size },
        "members",
      );
      for (const member of page.members) found.set(member.name, member);
      more = page.members.length > 0 ? (page.more ?? 0) : 0;
      place.meet(page);
    }
    this.members = [...found.values()];
    this.isWhole = true;
    this.#room.meet(found.keys());
    this.changed();
  }

  #note({ event }: HubRecord): void {
    switch (event.type) {
      case "joined":
        this.#put({ name: event.name, away: null });
        void this.#learn(event.name);
        break;
      case "left":
        this.#remove(event.name);
        break;
      case "kicked":
        this.#remove(event.person_name);
        break;
      case "renamed":
        this.members = this.members.map((one) =>
          one.name === event.name ? { ...one, name: event.new_name } : one,
        );
        this.changed();
        break;
      default:
        break;
    }
  }

  /** Whoever comes in is told by name only. */
  async #learn(name: string): Promise<void> {
    const asked = this.#connection.query({ type: "find_person", name }, "person_found");
    // Whoever is gone again, or asks too fast, is shown as far as he is known.
    const found = await asked.catch(() => undefined);
    if (found === undefined || !this.members.some((one) => one.name === found.name)) return;
    const { away, is_present, is_bot = false, has_account } = found;
    this.#put({ name: found.name, away, is_present, is_bot, has_account });
  }

  #put(member: Member): void {
    this.members = [...this.members.filter((one) => one.name !== member.name), member];
    this.changed();
  }

  #remove(name: string): void {
    this.members = this.members.filter((one) => one.name !== name);
    this.changed();
  }
}
