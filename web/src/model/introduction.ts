/** The introduction: what a client says of itself, at first and whenever it comes back, and what a refusal of it means. */
import type { Hello, Welcome } from "../wire/kinds";
import type { Place } from "./place";
import type { RefusedError } from "./refusals";

/** The version of the protocol that is spoken here. */
export const VERSION = 1;

/** How long a guest tries to be again who he was: twice as long as a server keeps his place. */
const RETURN_MS = 120_000;

/** Who one is: what a `hello` says of it. Nothing at all is whoever has logged in with this browser. */
export type Credentials = Pick<Hello, "name" | "password" | "register" | "code" | "token" | "key" | "rooms">;

export interface Introduced {
  readonly hello: Hello;
  /** The rooms of which is brought what was missed. */
  readonly asked: readonly number[];
  /** The rooms into which a guest wants to be let again whose place was not kept. */
  readonly hoped: readonly number[];
}

/** What follows from a `hello` that was refused. */
export type Consequence =
  /** It passes by itself. */
  | "later"
  /** As the same guest one cannot come back: as another one of the same name. */
  | "anew"
  /** This page is too old for the server, or too new. */
  | "outdated"
  /** What proved who one is proves it no longer. */
  | "expired"
  /** Somebody was in who may be so no longer: banned, disabled. */
  | "barred"
  /** Somebody has to say something else. */
  | "ask";

export class Introduction {
  #credentials: Credentials;
  /** Since when one is nobody whom the server knows any more, in milliseconds since 1970; 0 while one is. */
  #anewSinceMs = 0;
  #hasBeenIn: boolean;

  /** `hasBeenIn`: whether the credentials are those of an earlier visit. */
  constructor(credentials: Credentials, hasBeenIn = false) {
    this.#credentials = credentials;
    this.#hasBeenIn = hasBeenIn;
  }

  /** Say from now on something else of who one is. */
  replace(credentials: Credentials): void {
    this.#credentials = credentials;
    this.#anewSinceMs = 0;
  }

  begin(place: Place): Introduced {
    const { name: _, ...proof } = this.#credentials;
    const hello: Hello = { type: "hello", client: "hubbub web", versions: [VERSION] };
    if (place.you.id === "") return { hello: { ...hello, ...this.#said }, asked: [], hoped: [] };
    if (this.#isNew) {
      const channels = [...place.rooms.values()].filter((room) => room.kind === "channel");
      const name = place.you.name || (this.#credentials.name ?? "");
      const rooms = channels.length > 0 ? { rooms: channels.map((room) => room.name) } : {};
      return { hello: { ...hello, name, ...rooms }, asked: [], hoped: channels.map((room) => room.id) };
    }
    const since = place.since();
    const said = this.#credentials.password ? this.#said : proof;
    const back = { rooms: [], since, server: place.serverId };
    return { hello: { ...hello, ...said, ...back }, asked: Object.keys(since).map(Number), hoped: [] };
  }

  /** One is in: what is to be proved from now on. */
  welcomed(welcome: Welcome): void {
    const { register: _, code: __, rooms: ___, ...proof } = this.#credentials;
    this.#credentials = welcome.key ? { key: welcome.key, name: welcome.you.name } : proof;
    this.#anewSinceMs = 0;
    this.#hasBeenIn = true;
  }

  refused(refusal: RefusedError): Consequence {
    if (refusal.retrySeconds > 0 || refusal.code === "too_fast" || refusal.code === "try_again")
      return "later";
    // Everything that this page says has the form that it is to have, so the server expects another.
    if (refusal.code === "bad_request") return "outdated";
    if (this.#credentials.key && refusal.code === "bad_code") {
      this.#anewSinceMs = Date.now();
      const { key: _, ...rest } = this.#credentials;
      this.#credentials = rest;
      return "anew";
    }
    // It may be oneself, on a connection that is not known to be lost yet, or in another tab.
    if (refusal.code === "name_taken" && Date.now() - this.#anewSinceMs < RETURN_MS) return "later";
    const isProof = refusal.code === "wrong_password" || refusal.code === "bad_name";
    if (!this.#hasBeenIn) return "ask";
    return isProof && !this.#isNew ? "expired" : "barred";
  }

  /** The password, where there is one, tells whose it is by the name. */
  get #said(): Credentials {
    return this.#credentials.key ? { key: this.#credentials.key } : this.#credentials;
  }

  /** Whether one comes as somebody who was not here before. */
  get #isNew(): boolean {
    const { key, token, password, name } = this.#credentials;
    return this.#anewSinceMs > 0 || Boolean(name && !key && !token && !password);
  }
}
