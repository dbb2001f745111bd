/** Notices: of what somebody wants to be told while he does not look, kept by the browser for each of his accounts. */

import { browserShelf } from "../lib/shelf";
import type { HubRecord } from "../wire/kinds";
import type { Shelf } from "./accounts";
import { Emitter } from "./emitter";
import type { Level } from "./levels";
import { isMessage } from "./revising";

interface Kept {
  readonly isOn: boolean;
  readonly hasSound: boolean;
  /** Whether the page may ask whether it shall tell. */
  readonly mayAsk: boolean;
}

const DEFAULT: Kept = { isOn: false, hasSound: false, mayAsk: true };

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

  choose(change: Partial<Kept>): void {
    this.#keep({ ...this.#kept, ...change });
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
  const { isOn, hasSound, mayAsk } = { ...DEFAULT, ...kept };
  return { isOn: isOn === true, hasSound: hasSound === true, mayAsk: mayAsk !== false };
}

/** Whether somebody with the id `you` wants to be told of what has just been said. */
export function isWorthTelling(record: HubRecord, level: Level, you: string): boolean {
  const { event } = record;
  if (!isMessage(event) || event.author === you || level === "nothing") return false;
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
