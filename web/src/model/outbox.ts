/**
 * The outbox: what was written and is not known to be stored. Each entry has a nonce, so it can be sent again on any
 * connection and is never said twice; what was sent is shown grey, what was refused red, with the reason.
 */

import type { HubRecord } from "../wire/kinds";
import { words } from "../words/words";
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
  /** Which tab sends it. */
  readonly tab: string;
  /** When it was sent first, in milliseconds since 1970, and by whom; 0 and empty where it never was. */
  readonly sentMs: number;
  readonly sentBy: string;
}

export type Written = Pick<Outgoing, "room" | "text"> &
  Partial<Pick<Outgoing, "manner" | "replyTo" | "files">>;

/** Why something was not sent. */
export type Problem =
  | { readonly kind: "said"; readonly sentence: string }
  | { readonly kind: "refusing" | "unknown"; readonly name: string };

export class Outbox extends Emitter {
  /** Which tab this is. */
  readonly tab: string;
  #entries: readonly Outgoing[] = [];

  constructor(tab = "") {
    super();
    this.tab = tab;
  }

  /** All of it, the oldest first; a new array whenever something in it is another. */
  get entries(): readonly Outgoing[] {
    return this.#entries;
  }

  /** Whether it is this tab that sends it. */
  isOwn(entry: Outgoing): boolean {
    return entry.tab === this.tab;
  }

  add(written: Written, nonce: string, timeMs: number): Outgoing {
    const entry: Outgoing = {
      manner: "text",
      replyTo: "",
      files: [],
      ...written,
      nonce,
      // Also where the clock is set back: it tells the order on the next visit.
      timeMs: Math.max(timeMs, (this.#entries.at(-1)?.timeMs ?? 0) + 1),
      state: { kind: "waiting" },
      tab: this.tab,
      sentMs: 0,
      sentBy: "",
    };
    this.#replace([...this.#entries, entry]);
    return entry;
  }

  /** Take what was kept from an earlier visit, or is another tab's; whatever was on its way is waiting again. */
  restore(entries: readonly Outgoing[]): void {
    const here = new Set(this.#entries.map((entry) => entry.nonce));
    const kept = entries.filter((entry) => !here.has(entry.nonce));
    if (kept.length > 0) this.#replace([...kept.map(again), ...this.#entries].sort(byTime));
  }

  /** Take how an entry of another tab's is now; `undefined` where it is there no more. */
  follow(nonce: string, entry: Outgoing | undefined): void {
    const before = this.#entries.find((one) => one.nonce === nonce);
    // Of two tabs that both want to send it, one has to give way.
    if (before !== undefined && this.isOwn(before) && entry !== undefined && entry.tab > this.tab) return;
    if (entry === undefined) this.remove(nonce);
    else if (before === undefined) this.#replace([...this.#entries, entry].sort(byTime));
    else this.#change(nonce, entry);
  }

  /** Send what another tab left behind. */
  adopt(isLeft: (tab: string) => boolean): void {
    const left = this.#entries.filter((entry) => !this.isOwn(entry) && isLeft(entry.tab));
    for (const entry of left) this.#change(entry.nonce, { ...again(entry), tab: this.tab });
  }

  /** It is being sent. */
  send(nonce: string, by: string, nowMs: number): void {
    const entry = this.#entries.find((one) => one.nonce === nonce);
    const sentMs = entry?.sentMs || nowMs;
    this.#change(nonce, { state: { kind: "sending" }, sentMs, sentBy: by });
  }

  /** It was not taken, but may be soon. */
  unsend(nonce: string): void {
    this.#change(nonce, { state: { kind: "waiting" } });
  }

  refuse(nonce: string, problem: Problem): void {
    this.#change(nonce, { state: { kind: "refused", sentence: sentenceOf(problem) } });
  }

  /** Nobody can know whether it was said: it was sent too long ago. */
  doubt(nonce: string): void {
    this.#change(nonce, { state: { kind: "refused", sentence: words().connection.doubted } });
  }

  /** It was written as somebody else: it is not sent unless one wants it. */
  hold(name: string): void {
    const sentence = words().connection.writtenAs(name);
    for (const entry of this.#entries)
      if (entry.state.kind !== "refused") this.#change(entry.nonce, { state: { kind: "refused", sentence } });
  }

  /** Let what was refused be sent once more. */
  retry(nonce: string): void {
    this.#change(nonce, { state: { kind: "waiting" }, tab: this.tab, sentMs: 0, sentBy: "" });
  }

  /** Nobody will answer what is on its way: it waits for the next connection. */
  wait(): void {
    if (this.#entries.some((entry) => this.isOwn(entry) && entry.state.kind === "sending"))
      this.#replace(this.#entries.map((entry) => (this.isOwn(entry) ? again(entry) : entry)));
  }

  remove(nonce: string): void {
    if (this.#entries.some((entry) => entry.nonce === nonce))
      this.#replace(this.#entries.filter((entry) => entry.nonce !== nonce));
  }

  /** One has gone for good. */
  clear(): void {
    this.#replace([]);
  }

  /** Something was said: if it was from here, it is stored now. */
  settle({ event }: HubRecord): void {
    if ("nonce" in event && event.nonce) this.remove(event.nonce);
  }

  #change(nonce: string, change: Partial<Outgoing>): void {
    this.#replace(this.#entries.map((entry) => (entry.nonce === nonce ? { ...entry, ...change } : entry)));
  }

  #replace(entries: readonly Outgoing[]): void {
    this.#entries = entries;
    this.changed();
  }
}

function again(entry: Outgoing): Outgoing {
  return entry.state.kind === "sending" ? { ...entry, state: { kind: "waiting" } } : entry;
}

function byTime(one: Outgoing, other: Outgoing): number {
  return one.timeMs - other.timeMs;
}

function sentenceOf(problem: Problem): string {
  switch (problem.kind) {
    case "said":
      return problem.sentence;
    case "refusing":
      return words().connection.refusing(problem.name);
    case "unknown":
      return words().connection.unknown(problem.name);
  }
}
