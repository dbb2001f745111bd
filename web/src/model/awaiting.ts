/** Awaiting: which rooms somebody who comes in again is still to be told of. */
import type { RoomState, UnreadView, Welcome } from "../wire/kinds";
import type { Room } from "./room";

/** What a room will be like once everything that was missed there has come. */
export interface Awaited {
  readonly state: RoomState | undefined;
  readonly views: readonly UnreadView[];
}

export class Awaiting {
  readonly #missed = new Map<number, Awaited>();
  /** Rooms that are kept although nobody has said that one is in: whether one is shows soon. */
  readonly #hoped = new Set<number>();

  /** Whether something of what was missed is still to come. */
  get isCatchingUp(): boolean {
    return this.#missed.size > 0;
  }

  /** Whether something of what was missed is still to come in this room. */
  has(id: number): boolean {
    return this.#missed.has(id);
  }

  forget(): void {
    this.#missed.clear();
    this.#hoped.clear();
  }

  /**
   * Begin anew; returns the rooms that stay meanwhile. Each of those that were `asked` for comes to an end: `resumed`,
   * `reset` or `departed`. Into the `hoped` ones one has asked to be let again.
   */
  begin(
    known: ReadonlyMap<number, Room>,
    asked: Iterable<number>,
    hoped: Iterable<number>,
    welcome: Welcome,
  ): Room[] {
    this.forget();
    const states = new Map((welcome.rooms ?? []).map((state) => [state.id, state]));
    const kept: Room[] = [];
    for (const id of hoped) {
      const room = known.get(id);
      if (room === undefined) continue;
      this.#hoped.add(id);
      kept.push(room);
    }
    for (const id of asked) {
      const room = known.get(id);
      if (room === undefined) continue;
      this.#missed.set(id, { state: states.get(id), views: viewsOf(welcome, room) });
      kept.push(room);
    }
    return kept;
  }

  /** A room was told of: nothing more is awaited of it. Returns what was. */
  end(id: number): Awaited | undefined {
    const awaited = this.#missed.get(id);
    this.#missed.delete(id);
    this.#hoped.delete(id);
    return awaited;
  }

  /** Give up hope; returns the rooms that are not there any more. */
  settle(): readonly number[] {
    const gone = [...this.#hoped];
    this.#hoped.clear();
    return gone;
  }
}

/** Return what a welcome tells of what is unread in a room. */
export function viewsOf(welcome: Welcome, room: Pick<RoomState, "id" | "name">): readonly UnreadView[] {
  return (welcome.unread ?? []).filter((view) =>
    view.id ? view.id === room.id : view.room.toLocaleLowerCase() === room.name.toLocaleLowerCase(),
  );
}
