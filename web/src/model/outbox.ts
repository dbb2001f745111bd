/**
 * The outbox: what was written and is not known to be stored. Each entry has a nonce, so it can be sent again on any
 * connection and is never said twice; what was sent is shown grey, what was refused red, with the reason.
 */
import type { HubRecord } from "../wire/kinds";
import { Emitter } from "./emitter";

export type OutgoingState =
  | { readonly kind: "waiting" }
  | { readonly kind: "sending" }
  | { readonly kind: "refused"; readonly sentence: string };

export interface Outgoing {
  readonly nonce: string;
  /** `#tea` or `@bob`. */
  readonly room: string;
  readonly text: string;
  readonly manner: "text" | "action";
  /** The message that it answers, `ROOM-SEQ`; empty for none. */
  readonly replyTo: string;
  readonly files: readonly string[];
  readonly timeMs: number;
  readonly state: OutgoingState;
}

export type Written = Pick<Outgoing, "room" | "text"> &
  Partial<Pick<Outgoing, "manner" | "replyTo" | "files">>;

export class Outbox extends Emitter {
  #entries: readonly Outgoing[] = [];

  /** All of it, the oldest first; a new array whenever something in it is another. */
  get entries(): readonly Outgoing[] {
    return this.#entries;
  }

  add(written: Written, nonce: string, timeMs: number): Outgoing {
    const entry: Outgoing = {
      manner: "text",
      replyTo: "",
      files: [],
      ...written,
      nonce,
      timeMs,
      state: { kind: "waiting" },
    };
    this.#replace([...this.#entries, entry]);
    return entry;
  }

  /** Take what was kept from an earlier visit; whatever was on its way is waiting again. */
  restore(entries: readonly Outgoing[]): void {
    const here = new Set(this.#entries.map((entry) => entry.nonce));
    const kept = entries.filter((entry) => !here.has(entry.nonce));
    this.#replace([...kept.map((entry) => again(entry)), ...this.#entries]);
  }

  mark(nonce: string, state: OutgoingState): void {
    this.#replace(this.#entries.map((entry) => (entry.nonce === nonce ? { ...entry, state } : entry)));
  }

  /** Nobody will answer what is on its way: it waits for the next connection. */
  wait(): void {
    this.#replace(this.#entries.map(again));
  }

  remove(nonce: string): void {
    if (this.#entries.some((entry) => entry.nonce === nonce)) {
      this.#replace(this.#entries.filter((entry) => entry.nonce !== nonce));
    }
  }

  /** Something was said: if it was from here, it is stored now. */
  settle(record: HubRecord): void {
    if (record.event.type === "said" && record.event.nonce) this.remove(record.event.nonce);
  }

  #replace(entries: readonly Outgoing[]): void {
    this.#entries = entries;
    this.changed();
  }
}

function again(entry: Outgoing): Outgoing {
  return entry.state.kind === "sending" ? { ...entry, state: { kind: "waiting" } } : entry;
}
