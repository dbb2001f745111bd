/**
 * Tabs: several pages of one browser that know of each other. Each has connections of its own; what was written and is
 * not sent yet is shown in all of them, and sent by the one in which it was written, or, when that is gone, by another.
 */
import type { Draft } from "./desk";
import { makeNonce } from "./nonce";
import type { Outgoing } from "./outbox";

/** What one tab tells the others. */
export type TabMessage =
  /** Something in the outbox of an account is so now; nothing where it is there no more. */
  | { readonly kind: "outgoing"; readonly account: string; readonly nonce: string; readonly entry?: Outgoing }
  | { readonly kind: "draft"; readonly account: string; readonly room: string; readonly draft: Draft }
  /** Who is there? */
  | { readonly kind: "roll" }
  | { readonly kind: "here"; readonly tab: string }
  | { readonly kind: "gone"; readonly tab: string };

/** How the tabs reach each other: a `BroadcastChannel`, or what stands for it. */
export type Channel = Pick<BroadcastChannel, "postMessage" | "onmessage">;

/** How long it takes at most until all that are there have said so. */
export const ROLL_MS = 500;

export class Tabs {
  /** Which one this is. */
  readonly id = makeNonce();
  readonly #channel: Channel | undefined;
  readonly #listeners = new Set<(message: TabMessage) => void>();
  readonly #here = new Set<string>();

  /** Without a channel this is the only one. */
  constructor(channel: Channel | undefined) {
    this.#channel = channel;
    if (channel) channel.onmessage = (event) => this.#hear(event.data as TabMessage);
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  /** Hear what the others tell; returns how to stop that. */
  listen(listener: (message: TabMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Find out which others are there. */
  async roll(): Promise<ReadonlySet<string>> {
    this.#here.clear();
    this.tell({ kind: "roll" });
    if (this.#channel) await new Promise((resolve) => setTimeout(resolve, ROLL_MS));
    return new Set(this.#here);
  }

  /** This one is being closed. */
  leave(): void {
    this.tell({ kind: "gone", tab: this.id });
  }

  #hear(message: TabMessage): void {
    if (message.kind === "roll") this.tell({ kind: "here", tab: this.id });
    else if (message.kind === "here") this.#here.add(message.tab);
    else for (const listener of this.#listeners) listener(message);
  }
}
