/**
 * Last words: what was being written, and how far was read, when a page was closed or loaded again. IndexedDB answers
 * too late for that, and `localStorage` at once; so it stands there until the next visit takes it.
 */
import type { Shelf } from "./accounts";
import type { Draft } from "./desk";

/** Most characters of one kind of it: `localStorage` has five million for everything. */
const MOST = 500_000;

type Left<Value> = Record<string, Record<string, Value>>;

/** One kind of what is left behind: of each account, values by their names. */
class Legacy<Value> {
  readonly #at: string;

  constructor(at: string) {
    this.#at = at;
  }

  /** Keep these of an account, beside what is left of it already. */
  leave(shelf: Shelf, account: string, values: Readonly<Record<string, Value>>): void {
    if (Object.keys(values).length === 0) return;
    const left = this.#read(shelf);
    left[account] = { ...left[account], ...values };
    this.#write(shelf, left);
  }

  /** Return them, once. */
  take(shelf: Shelf, account: string): Readonly<Record<string, Value>> {
    const { [account]: mine = {}, ...others } = this.#read(shelf);
    if (Object.keys(mine).length > 0) this.#write(shelf, others);
    return mine;
  }

  #read(shelf: Shelf): Left<Value> {
    try {
      const kept: unknown = JSON.parse(shelf.getItem(this.#at) ?? "{}");
      return typeof kept === "object" && kept !== null ? (kept as Left<Value>) : {};
    } catch {
      // Forbidden, or somebody else's: as if nothing were there.
      return {};
    }
  }

  #write(shelf: Shelf, left: Left<Value>): void {
    const text = JSON.stringify(left);
    if (text.length > MOST) return;
    try {
      shelf.setItem(this.#at, text);
    } catch {
      // Full, or forbidden. The page is going; nobody could be told.
    }
  }
}

/** What was begun to be written, by the names of rooms. */
export const lastWords = new Legacy<Draft>("hubbub.lastWords");

/** Up to which record was read, by the ids of rooms. */
export const lastMarks = new Legacy<number>("hubbub.lastMarks");
