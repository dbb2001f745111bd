/** The servers, and the accounts there, that this page speaks to: the one it comes from, and those that were added. */
import { addressOf } from "../wire/ahead";
import { type Account, Accounts, parseHost, type Shelf } from "./accounts";
import { Cache, type CacheProblem } from "./cache";
import { Emitter } from "./emitter";
import type { Surroundings } from "./keeper";
import { Server } from "./server";
import { type Channel, Tabs } from "./tabs";

/** Where the page is: what of `Location` matters here. */
export type Origin = Pick<Location, "protocol" | "host">;

export class Servers extends Emitter {
  readonly #origin: Origin;
  readonly #accounts: Accounts;
  readonly #surroundings: Surroundings;
  #list: readonly Server[] = [];
  #cacheProblem: CacheProblem | undefined;

  /** `shelf` keeps the accounts; `channel` reaches the other tabs. */
  constructor(origin: Origin, shelf: Shelf, channel?: Channel) {
    super();
    this.#origin = origin;
    const cache = new Cache((problem) => {
      this.#cacheProblem = problem;
      this.changed();
    });
    this.#surroundings = { cache, tabs: new Tabs(channel), shelf };
    this.#accounts = new Accounts(shelf);
    this.#accounts.subscribe(() => this.#follow());
    this.#follow();
  }

  /** All of them, the page's own first; one for each account. A new array whenever one comes or goes. */
  get list(): readonly Server[] {
    return this.#list;
  }

  /** Why nothing can be kept for the next visit; `undefined` while it can. */
  get cacheProblem(): CacheProblem | undefined {
    return this.#cacheProblem;
  }

  /** The first at the server that the page comes from. */
  get home(): Server {
    return this.find("");
  }

  /** Return the one of that key (`Route.server`), or the page's own where there is none. */
  find(key: string): Server {
    const found = this.#list.find((server) => server.key === key) ?? this.#list[0];
    if (found === undefined) throw new Error("there is no server, not even the page's own");
    return found;
  }

  /** Be again on every server where one was. */
  open(): void {
    for (const server of this.#list) void server.open();
  }

  /** Keep now what would be kept soon: the page is hidden, and may be closed any time. */
  flush(): void {
    for (const server of this.#list) server.flush();
  }

  /** The page is being closed; other tabs send what is left. */
  leave(): void {
    this.flush();
    this.#surroundings.tabs.leave();
  }

  /** Something has happened that breaks connections, or mends them: find out at once. */
  check(): void {
    for (const server of this.#list) server.connection.check();
  }

  /**
   * Begin an account at a server that somebody has typed (`chat.example.org`, `host:4242`, `https://…`), another one if
   * there is one already; empty for the page's own. Nobody is in until `logIn`, `register` or `enter`.
   * Returns `undefined` for what is no address; throws `RangeError` where there are too many.
   */
  add(text: string): Server | undefined {
    const place = text.trim() === "" ? { host: "", isPlain: false } : parseHost(text);
    if (place === undefined) return undefined;
    const host = place.host === this.#origin.host ? "" : place.host;
    // A page that came by TLS may not connect without it, so there is nothing to choose.
    const isPlain = host !== "" && this.#origin.protocol === "http:" && place.isPlain;
    return this.find(this.#accounts.add(host, isPlain).key);
  }

  /** Log out there, and forget everything of it. */
  async remove(server: Server): Promise<void> {
    await server.logOut();
    this.#accounts.remove(server.key);
  }

  /** Look whether another tab has added or removed one: to be called when the browser says so. */
  refresh(): void {
    this.#accounts.refresh();
  }

  #follow(): void {
    const known = new Map(this.#list.map((server) => [server.key, server]));
    const accounts = this.#accounts.list;
    const list = accounts.map((account) => known.get(account.key) ?? this.#begin(account));
    for (const server of known.values()) if (!list.includes(server)) server.close();
    for (const server of known.values()) server.follow();
    if (list.length === this.#list.length && list.every((server, place) => server === this.#list[place]))
      return;
    this.#list = list;
    this.changed();
  }

  #begin(account: Account): Server {
    return new Server(account.key, this.#accounts, this.#addressOf(account), this.#surroundings);
  }

  #addressOf(account: Account): string {
    const { host, isPlain } = account;
    return addressOf(host === "" ? this.#origin : { protocol: isPlain ? "http:" : "https:", host });
  }
}
