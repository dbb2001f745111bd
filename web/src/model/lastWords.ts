/**
 * Last words: what was being written when a page was closed or loaded again. IndexedDB answers too late for that, and
 * `localStorage` at once; so it stands there until the next visit takes it.
 */
import type { Shelf } from "./accounts";
import type { Draft } from "./desk";

const AT = "hubbub.lastWords";

/** Most characters of it: `localStorage` has five million for everything. */
const MOST = 500_000;

type Words = Record<string, Record<string, Draft>>;

/** Keep what was begun to be written in some rooms of an account. */
export function leaveWords(shelf: Shelf, account: string, drafts: Readonly<Record<string, Draft>>): void {
  if (Object.keys(drafts).length === 0) return;
  const words = read(shelf);
  words[account] = { ...words[account], ...drafts };
  write(shelf, words);
}

/** Return it, once. */
export function takeWords(shelf: Shelf, account: string): Readonly<Record<string, Draft>> {
  const { [account]: mine = {}, ...others } = read(shelf);
  if (Object.keys(mine).length > 0) write(shelf, others);
  return mine;
}

function read(shelf: Shelf): Words {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(AT) ?? "{}");
    return typeof kept === "object" && kept !== null ? (kept as Words) : {};
  } catch {
    // Forbidden, or somebody else's: as if nothing were there.
    return {};
  }
}

function write(shelf: Shelf, words: Words): void {
  const text = JSON.stringify(words);
  if (text.length > MOST) return;
  try {
    shelf.setItem(AT, text);
  } catch {
    // Full, or forbidden. The page is going; nobody could be told.
  }
}
