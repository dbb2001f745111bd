/** Habits: how somebody likes his rooms arranged. The browser keeps them, for the server knows nothing of it. */
import { browserShelf } from "../lib/shelf";
import type { Shelf } from "./accounts";
import { Emitter } from "./emitter";

interface Kept {
  /** Rooms that stand on top, in that order. */
  readonly pinned: readonly number[];
  /** Sections of the list that are folded. */
  readonly folded: readonly string[];
}

const NONE: Kept = { pinned: [], folded: [] };

export class Habits extends Emitter {
  readonly #shelf: Shelf;
  readonly #key: string;
  #kept: Kept;

  /** `account` is the account's key: each has habits of its own. */
  constructor(shelf: Shelf, account: string) {
    super();
    this.#shelf = shelf;
    this.#key = `hubbub.habits.${account}`;
    this.#kept = parseHabits(shelf.getItem(this.#key));
  }

  get pinned(): readonly number[] {
    return this.#kept.pinned;
  }

  isPinned(room: number): boolean {
    return this.#kept.pinned.includes(room);
  }

  isFolded(section: string): boolean {
    return this.#kept.folded.includes(section);
  }

  pin(room: number, isPinned: boolean): void {
    this.#keep({ ...this.#kept, pinned: put(this.#kept.pinned, room, isPinned) });
  }

  /** Let one that is pinned change places with its neighbour: `-1` up, `1` down. */
  move(room: number, step: -1 | 1): void {
    const pinned = [...this.#kept.pinned];
    const at = pinned.indexOf(room);
    const neighbour = pinned[at + step];
    if (at < 0 || neighbour === undefined) return;
    pinned[at + step] = room;
    pinned[at] = neighbour;
    this.#keep({ ...this.#kept, pinned });
  }

  fold(section: string, isFolded: boolean): void {
    this.#keep({ ...this.#kept, folded: put(this.#kept.folded, section, isFolded) });
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    this.#shelf.setItem(this.#key, JSON.stringify(kept));
    this.changed();
  }
}

/** Read what was kept; whatever makes no sense is left out. */
export function parseHabits(text: string | null): Kept {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? "{}");
  } catch {
    // Another version's, or somebody's own.
    return NONE;
  }
  const { pinned, folded } = (typeof kept === "object" && kept !== null ? kept : {}) as Partial<Kept>;
  return { pinned: only(pinned, "number"), folded: only(folded, "string") };
}

function only<Item>(list: readonly Item[] | undefined, type: "number" | "string"): readonly Item[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === type) : [];
}

function put<Item>(list: readonly Item[], item: Item, isIn: boolean): readonly Item[] {
  const others = list.filter((one) => one !== item);
  return isIn ? [...others, item] : others;
}

const everywhere = new Map<string, Habits>();

/** Return the habits of one of one's accounts, by its key (`Server.key`). */
export function habitsOf(account: string): Habits {
  const known = everywhere.get(account) ?? new Habits(browserShelf, account);
  everywhere.set(account, known);
  return known;
}
