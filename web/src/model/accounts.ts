/**
 * Accounts: on which servers one is, as whom, and what proves it there. They are kept in `localStorage`, so they are
 * there before anything is drawn, and every tab of the browser sees the same ones.
 */
import { Emitter } from "./emitter";

/** What proves who one is; a password is never kept. */
export type Proof =
  /** Nothing: one has to say who one is. */
  | { readonly kind: "none" }
  /** A cookie that no script can read: whoever has logged in with this browser at the page's own server. */
  | { readonly kind: "cookie" }
  /** What makes one the same guest again. */
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "token"; readonly token: string; readonly id: string };

export interface Account {
  /** What it is called in addresses (`?on=`): empty for the first at the page's own server, else `HOST` or `HOST~2`. */
  readonly key: string;
  /** `HOST` or `HOST:PORT`; empty for the server that the page comes from. */
  readonly host: string;
  /** Whether the server is reached without TLS, as the page itself may be. */
  readonly isPlain: boolean;
  /** What one was called there last; empty where one has not come in yet. */
  readonly name: string;
  readonly proof: Proof;
}

/** The first account at the page's own server. There is always one, whether one has come in or not. */
export const HOME: Account = { key: "", host: "", isPlain: false, name: "", proof: { kind: "none" } };

/** Most accounts that are kept: each has a connection of its own. */
export const MOST_ACCOUNTS = 16;

/** Where they are kept. */
export const ACCOUNTS_AT = "hubbub.accounts";

/** A small place that keeps texts: `localStorage`, or what stands for it. It may throw, as that does when it is full. */
export type Shelf = Pick<Storage, "getItem" | "setItem">;

export class Accounts extends Emitter {
  readonly #shelf: Shelf;
  #list: readonly Account[];
  #seen: string | null = null;

  constructor(shelf: Shelf) {
    super();
    this.#shelf = shelf;
    this.#list = this.#read();
  }

  /** All of them, the first at home first; a new array whenever one is another. */
  get list(): readonly Account[] {
    return this.#list;
  }

  find(key: string): Account | undefined {
    return this.#list.find((account) => account.key === key);
  }

  /** Begin another account at a server. Throws `RangeError` where there are as many as there may be. */
  add(host: string, isPlain: boolean): Account {
    this.refresh();
    if (this.#list.length >= MOST_ACCOUNTS)
      throw new RangeError(`${MOST_ACCOUNTS} accounts are the most that are kept`);
    const account: Account = { ...HOME, key: this.#freeKey(host), host, isPlain };
    this.#write([...this.#list, account]);
    return account;
  }

  /** Keep something else of one of them from now on. */
  update(key: string, change: Partial<Pick<Account, "name" | "proof">>): void {
    this.refresh();
    const before = this.find(key);
    if (before === undefined) return;
    const after = { ...before, ...change };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    this.#write(this.#list.map((account) => (account === before ? after : account)));
  }

  /** Keep it no longer; of the first at home is forgotten who one was. */
  remove(key: string): void {
    this.refresh();
    const rest = this.#list.filter((account) => account.key !== key);
    this.#write(key === HOME.key ? [HOME, ...rest] : rest);
  }

  /** Look whether another tab has changed something. */
  refresh(): void {
    const text = this.#get();
    if (text === this.#seen) return;
    this.#list = this.#read();
    this.changed();
  }

  #freeKey(host: string): string {
    let number = 1;
    let key = host;
    while (this.find(key)) key = `${host}~${++number}`;
    return key;
  }

  #read(): readonly Account[] {
    this.#seen = this.#get();
    const kept = parseAccounts(this.#seen);
    return kept.some((account) => account.key === HOME.key) ? kept : [HOME, ...kept];
  }

  #get(): string | null {
    try {
      return this.#shelf.getItem(ACCOUNTS_AT);
    } catch {
      // Whoever forbids pages to keep anything has what this page knows.
      return this.#seen;
    }
  }

  #write(list: readonly Account[]): void {
    this.#list = list;
    const text = JSON.stringify(list);
    try {
      this.#shelf.setItem(ACCOUNTS_AT, text);
      this.#seen = text;
    } catch {
      // Full, or forbidden: it holds until the page is closed, and then one says again who one is.
    }
    this.changed();
  }
}

/** Read what was kept; whatever is none is passed over. */
export function parseAccounts(text: string | null): readonly Account[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter(isAccount) : [];
  } catch {
    // Somebody else's, or half of it: as if nothing were there.
    return [];
  }
}

function isAccount(value: unknown): value is Account {
  if (typeof value !== "object" || value === null) return false;
  const { key, host, name, proof } = value as Partial<Account>;
  const areTexts = [key, host, name].every((one) => typeof one === "string");
  return areTexts && typeof proof === "object" && proof !== null && "kind" in proof;
}

/** Read what somebody types as a server: `chat.example.org`, `host:4242`, or a whole address of one. */
export function parseHost(text: string): { host: string; isPlain: boolean } | undefined {
  const whole = /^[a-z]+:\/\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`;
  if (!URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  if (!["http:", "https:", "ws:", "wss:"].includes(url.protocol)) return undefined;
  // A space in a name is none; Chromium writes it as `%20` where others refuse it.
  if (url.hostname === "" || url.hostname.includes("%")) return undefined;
  return { host: url.host, isPlain: url.protocol === "http:" || url.protocol === "ws:" };
}
