/** A server that the page speaks to, as one of one's accounts there: the connection, and what one does there. */
import { hueOf } from "../lib/hue";
import { openAhead } from "../wire/ahead";
import type { Account, Accounts, Proof } from "./accounts";
import { HOME } from "./accounts";
import { arrival } from "./arrival";
import { Connection, type Credentials } from "./connection";
import { Desks } from "./desk";
import { Drafts } from "./drafts";
import { Keeper, type Surroundings } from "./keeper";
import { Levels } from "./levels";
import { Outbox } from "./outbox";
import { Reading } from "./reading";
import { DisconnectedError, RefusedError } from "./refusals";
import { endSession, findOwnToken, openSession, openSessionByCode } from "./session";
import { Typist } from "./typist";
import { Uploads } from "./uploads";

/** What the tokens are called with which this page comes back to servers other than its own. */
const TOKEN_LABEL = "hubbub web";

export class Server {
  /** Which of one's accounts this is, as it stands in addresses (`Route.server`); empty for the first at home. */
  readonly key: string;
  /** `HOST:PORT`; empty for the server that the page comes from. */
  readonly host: string;
  readonly connection: Connection;
  readonly desks = new Desks();
  readonly reading: Reading;
  readonly levels: Levels;
  readonly uploads = new Uploads(this.desks, () => this.authorization);
  readonly drafts: Drafts;
  readonly typist: Typist;
  readonly #accounts: Accounts;
  readonly #keeper: Keeper;
  /** What was known to prove who one is, here or in another tab. */
  #proof: Proof;

  constructor(key: string, accounts: Accounts, url: string, surroundings: Surroundings) {
    this.key = key;
    this.#accounts = accounts;
    this.host = this.account.host;
    this.#proof = this.account.proof;
    this.connection = new Connection(url, new Outbox(surroundings.tabs.id));
    this.reading = new Reading(this.connection);
    this.levels = new Levels(this.connection, surroundings.shelf, key);
    this.drafts = new Drafts(this.connection, this.desks);
    this.typist = new Typist(this.connection, this.desks);
    this.connection.onWelcome = (guestKey) => void this.#remember(guestKey);
    this.connection.subscribe(() => void this.#noteEnd());
    this.#keeper = new Keeper(key, this.connection, this.desks, surroundings);
  }

  /** What is kept of the account; watch `Servers` to learn when it changes. */
  get account(): Account {
    return this.#accounts.find(this.key) ?? HOME;
  }

  /** Its colour, as a hue in degrees: the same for all accounts at one server. */
  get hue(): number {
    return hueOf(this.host || "hubbub");
  }

  /** What says over HTTP who asks; empty where the browser says it by itself, with its cookie. */
  get authorization(): string {
    const { proof } = this.account;
    if (proof.kind === "key") return `Bearer ${proof.key}`;
    return proof.kind === "token" ? `Bearer ${proof.token}` : "";
  }

  /** Whether one was here before and need not say again who one is. */
  get isRemembered(): boolean {
    return this.account.proof.kind !== "none";
  }

  /** Be again who one was, if that is known, with what was kept. */
  async open(): Promise<void> {
    if (this.isRemembered) this.connection.prepare();
    await this.#keeper.begin();
    if (this.connection.status.kind === "connecting") this.#enterAgain();
  }

  /** Follow what another tab has made of the account. */
  follow(): void {
    const before = this.#proof;
    const { proof } = this.account;
    this.#proof = proof;
    if (JSON.stringify(proof) === JSON.stringify(before)) return;
    if (proof.kind === "none") void this.#forget();
    // Another tab has logged in: all of them are one person.
    else if (this.connection.status.kind === "asking" || proof.kind !== before.kind) this.#enterAgain();
    else this.#introduceAgain();
  }

  /** Keep now what would be kept soon: the page may be closed. */
  flush(): void {
    this.reading.flush();
    this.#keeper.flush();
  }

  /** Come in, as a guest or with whatever proves who one is; `connection.status` tells what comes of it. */
  enter(credentials: Credentials): void {
    this.connection.enter(credentials);
  }

  /** Somebody is about to say who he is, or has begun to: what carries that can come meanwhile. */
  reach(): void {
    openAhead(this.connection.url);
  }

  /** Come in as a guest. Rejects with `RefusedError` or `DisconnectedError`. */
  async visit(name: string): Promise<void> {
    await this.#comeIn({ name });
  }

  /** Come in with the code that another device of one's own shows; only at home. Rejects as `visit` does. */
  async logInByCode(code: string): Promise<void> {
    await openSessionByCode(code);
    await this.#comeIn({});
    this.#keep({ proof: { kind: "cookie" } });
  }

  /** Come in with an account, and stay logged in. Rejects with `RefusedError` or `DisconnectedError`. */
  async logIn(name: string, password: string): Promise<void> {
    if (!this.#hasCookie) return await this.#comeIn({ name, password });
    await openSession(name, password);
    await this.#comeIn({});
    this.#keep({ proof: { kind: "cookie" } });
  }

  /** Open an account, come in with it, and stay logged in. `code` is an invitation's. Rejects as `logIn` does. */
  async register(name: string, password: string, code = ""): Promise<void> {
    const opening = { name, password, register: true, code };
    if (!this.#hasCookie) {
      await this.#comeIn(opening);
      return await this.#makeToken();
    }
    // On a connection of its own: whoever is in asks things at once, and is not to lose an answer by a change of it.
    const door = new Connection(this.connection.url);
    let wasLost = false;
    door.subscribe(() => {
      wasLost ||= door.status.kind === "lost";
    });
    try {
      await comeIn(door, opening);
    } catch (refusal) {
      if (!wasLost) throw refusal;
      // What came of an attempt whose connection was lost, nobody has heard: it may be oneself who has taken the name.
      return await this.logIn(name, password).catch(() => Promise.reject(refusal));
    } finally {
      door.hangUp();
    }
    await this.logIn(name, password);
  }

  /** Stay logged in with the account that one has opened, or come into, on this very connection. */
  async stayIn(name: string, password: string): Promise<void> {
    if (!this.#hasCookie) return await this.#makeToken();
    await openSession(name, password);
    this.#keep({ name, proof: { kind: "cookie" } });
    // Once more, by the session: then it ends with it.
    await this.connection.handOver({});
  }

  /** Go, and forget who one was. What was kept is forgotten in any case; rejects where the server could not be told. */
  async logOut(): Promise<void> {
    const { proof } = this.account;
    // Other tabs go by themselves, before the server ends their connections.
    this.#keep({ name: "", proof: { kind: "none" } });
    try {
      if (proof.kind === "token") await this.connection.ask({ type: "revoke_token", token: proof.id });
      this.connection.hangUp();
      if (proof.kind === "cookie") await endSession();
    } finally {
      await this.#forget();
    }
  }

  /** End the connection, and be who one is: another tab has removed this account, or the page is closed. */
  close(): void {
    this.connection.close();
  }

  get #hasCookie(): boolean {
    return this.key === HOME.key;
  }

  /** Where the server wants one no more, it may be that the session was revoked elsewhere: then one can log in again. */
  async #noteEnd(): Promise<void> {
    const { status } = this.connection;
    if (status.kind !== "ended" || this.account.proof.kind !== "cookie") return;
    try {
      await findOwnToken("");
    } catch (error) {
      // Another refusal (banned, disabled) is no news: the server's last sentence has said why.
      const isOver = error instanceof RefusedError && error.code === "wrong_password";
      if (isOver && this.connection.status === status) this.connection.expire(error);
      else pass(error);
    }
  }

  #keep(change: { name?: string; proof: Proof }): void {
    // It is no news here.
    this.#proof = change.proof;
    this.#accounts.update(this.key, change);
  }

  #enterAgain(): void {
    const credentials = credentialsOf(this.account);
    if (credentials) this.connection.enter(credentials, true);
  }

  /** Another tab may have come in anew as a guest: then one is that guest. */
  #introduceAgain(): void {
    const credentials = credentialsOf(this.account);
    if (credentials === undefined) return;
    this.connection.introduce(credentials);
    this.connection.retryNow();
  }

  async #forget(): Promise<void> {
    this.connection.leave();
    this.desks.clear();
    this.levels.forget();
    await this.#keeper.forget();
  }

  async #remember(guestKey: string): Promise<void> {
    const { name } = this.connection.place.you;
    if (guestKey) this.#keep({ name, proof: { kind: "key", key: guestKey } });
    else {
      this.#accounts.update(this.key, { name });
      const isProved = this.account.proof.kind === "token" || this.account.proof.kind === "cookie";
      if (!isProved && !this.#hasCookie) await this.#makeToken().catch(pass);
    }
  }

  async #makeToken(): Promise<void> {
    const made = await this.connection.query({ type: "make_token", label: TOKEN_LABEL }, "token_made");
    const proof: Proof = { kind: "token", token: made.secret, id: made.id };
    this.#keep({ name: this.connection.place.you.name, proof });
    this.connection.introduce({ token: made.secret });
  }

  #comeIn(credentials: Credentials): Promise<void> {
    return comeIn(this.connection, credentials);
  }
}

/** Enter, and wait until one is in. Rejects with `RefusedError` or `DisconnectedError`. */
function comeIn(connection: Connection, credentials: Credentials): Promise<void> {
  connection.enter(credentials);
  return arrival(connection);
}

function credentialsOf({ proof, name }: Account): Credentials | undefined {
  switch (proof.kind) {
    case "none":
      return undefined;
    case "cookie":
      return {};
    case "key":
      return { key: proof.key, name };
    case "token":
      return { token: proof.token };
  }
}

/** Whoever may make no token (the connection is not encrypted, say) logs in again the next time. */
function pass(error: unknown): void {
  if (!(error instanceof RefusedError || error instanceof DisconnectedError)) throw error;
}
