/** Notices: of what somebody wants to be told while he does not look, kept by the browser for each of his accounts. */

import { browserShelf } from "../lib/shelf";
import type { HubRecord } from "../wire/kinds";
import type { Shelf } from "./accounts";
import { Emitter } from "./emitter";
import { isMessage } from "./revising";
import type { Room } from "./room";

/** What of a room one is told. */
export type Level = "all" | "mentions" | "none";

interface Kept {
  readonly isOn: boolean;
  readonly hasSound: boolean;
  /** Whether the page may ask whether it shall tell. */
  readonly mayAsk: boolean;
  /** What was chosen for single rooms. */
  readonly rooms: Readonly<Record<string, Level>>;
}

const DEFAULT: Kept = { isOn: false, hasSound: false, mayAsk: true, rooms: {} };
const LEVELS: readonly unknown[] = ["all", "mentions", "none"];

export class Notices extends Emitter {
  readonly #shelf: Shelf;
  readonly #key: string;
  #kept: Kept;

  /** `account` is `Server.key`. */
  constructor(shelf: Shelf, account: string) {
    super();
    this.#shelf = shelf;
    this.#key = `hubbub.notices.${account}`;
    this.#kept = parseNotices(shelf.getItem(this.#key));
  }

  /** A new object with every change. */
  get kept(): Kept {
    return this.#kept;
  }

  choose(change: Partial<Omit<Kept, "rooms">>): void {
    this.#keep({ ...this.#kept, ...change });
  }

  chooseLevel(room: Room, level: Level): void {
    this.#keep({ ...this.#kept, rooms: { ...this.#kept.rooms, [room.id]: level } });
  }

  /** Conversations tell everything, rooms what calls one; muted ones nothing, unless it was chosen otherwise. */
  levelOf(room: Room, isMuted: boolean): Level {
    const chosen = this.#kept.rooms[room.id];
    if (chosen) return chosen;
    if (isMuted) return "none";
    return room.kind === "direct" || room.isGroup ? "all" : "mentions";
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    this.#shelf.setItem(this.#key, JSON.stringify(kept));
    this.changed();
  }
}

/** Read what was kept; whatever makes no sense is as by default. */
export function parseNotices(text: string | null): Kept {
  let kept: Partial<Kept> | null;
  try {
    kept = JSON.parse(text ?? "{}") as Partial<Kept> | null;
  } catch {
    // Another version's, or somebody's own.
    return DEFAULT;
  }
  const { isOn, hasSound, mayAsk, rooms } = { ...DEFAULT, ...kept };
  const known = Object.entries(rooms ?? {}).filter(([, level]) => LEVELS.includes(level));
  return {
    isOn: isOn === true,
    hasSound: hasSound === true,
    mayAsk: mayAsk !== false,
    rooms: Object.fromEntries(known),
  };
}

/** Whether somebody with the id `you` wants to be told of what has just been said. */
export function isWorthTelling(record: HubRecord, level: Level, you: string): boolean {
  const { event } = record;
  if (!isMessage(event) || event.author === you || level === "none") return false;
  return level === "all" || callsOne(record, you);
}

/** Whether it calls one, or everybody. */
export function callsOne({ event }: HubRecord, you: string): boolean {
  if (event.type === "announced") return true;
  return event.type === "said" && (event.calls_all === true || (event.mentions ?? []).includes(you));
}

const everywhere = new Map<string, Notices>();

/** Return the notices of one of one's accounts, by its key (`Server.key`). */
export function noticesOf(account: string): Notices {
  const known = everywhere.get(account) ?? new Notices(browserShelf, account);
  everywhere.set(account, known);
  return known;
}
