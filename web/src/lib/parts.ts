/** Parts of the page that are loaded when they are wanted, or as soon as nothing else is to be done. */
import { useEffect, useSyncExternalStore } from "react";
import { words } from "../words/words";
import { dismiss, tell } from "./toasts";
import { fetchPage, loadUpdate } from "./updates";

/** Parts that somebody waits for, and that could not be loaded. */
const missing = new Set<Part<unknown>>();
/** What tells that. */
let told = 0;

export class Part<Content> {
  readonly #bring: () => Promise<Content>;
  readonly #listeners = new Set<() => void>();
  #coming: Promise<Content> | undefined;
  #content: Content | undefined;

  constructor(bring: () => Promise<Content>) {
    this.#bring = bring;
  }

  /** Load it, also again where that has failed. Rejects where it cannot be loaded. */
  load(): Promise<Content> {
    this.#coming ??= this.#load();
    return this.#coming;
  }

  /** Load it for somebody who waits for it: if it cannot be loaded, he is told, and can try again. */
  want(): void {
    this.load().catch(() => {
      missing.add(this);
      this.#tell();
      tellMissing();
    });
  }

  /** Do something with it: now, or as soon as it is there. */
  when(act: (content: Content) => void): void {
    const there = this.#content;
    if (there !== undefined) {
      act(there);
      return;
    }
    const stop = this.subscribe(() => {
      if (this.#content === undefined) return;
      stop();
      act(this.#content);
    });
    this.want();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What was loaded, once it is there. */
  readonly current = (): Content | undefined => this.#content;

  async #load(): Promise<Content> {
    try {
      this.#content = await this.#bring();
    } catch (error) {
      this.#coming = undefined;
      throw error;
    }
    if (missing.delete(this) && missing.size === 0) dismiss(told);
    this.#tell();
    return this.#content;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Try again to load what somebody waits for. */
export function retryMissing(): void {
  for (const part of missing) part.want();
}

function tellMissing(): void {
  const { missing: sentence, again } = words().connection;
  told = tell(sentence, "error", { label: again, onChoose: () => void insist() });
}

/**
 * Try again at somebody's word, and where that is of no use, by a new page. Until 2026 a browser that had failed to load
 * a module did not ask for it again as long as the page lived: https://github.com/whatwg/html/pull/10327
 */
async function insist(): Promise<void> {
  await Promise.allSettled([...missing].map((part) => part.load()));
  if (missing.size === 0) return;
  // Without a server, this page is better than none.
  if ((await fetchPage()) === undefined) tellMissing();
  else await loadUpdate();
}

/** Return what is loaded, once it is there; it is loaded if it is wanted. */
export function usePart<Content>(part: Part<Content>, isWanted = true): Content | undefined {
  const content = useSyncExternalStore(part.subscribe, part.current);
  const isMissing = isWanted && content === undefined;
  useEffect(() => {
    if (isMissing) part.want();
  }, [part, isMissing]);
  return content;
}

/** Whether it was wanted and could not be loaded, which is told. */
export function useIsMissing(part: Part<unknown>): boolean {
  return useSyncExternalStore(part.subscribe, () => missing.has(part));
}
