/** Manners: what others see of how somebody writes; kept by the browser, as `lib/appearance.ts` keeps how the page looks. */
import { useSyncExternalStore } from "react";
import { browserShelf } from "./shelf";

export interface Manners {
  /** Whether others see that one is writing. */
  readonly showsTyping: boolean;
}

const KEPT_AT = "hubbub.manners";
const DEFAULT: Manners = { showsTyping: true };

const listeners = new Set<() => void>();
let current: Manners | undefined;

export const manners = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current(): Manners {
    current ??= parseManners(browserShelf.getItem(KEPT_AT));
    return current;
  },
  change(change: Partial<Manners>): void {
    current = { ...manners.current(), ...change };
    browserShelf.setItem(KEPT_AT, JSON.stringify(current));
    for (const listener of listeners) listener();
  },
};

export function useManners(): Manners {
  return useSyncExternalStore(manners.subscribe, manners.current);
}

/** Read what was kept; whatever is not known there is as it is by default. */
export function parseManners(text: string | null): Manners {
  try {
    const kept: unknown = JSON.parse(text ?? "{}");
    const { showsTyping } = (kept ?? {}) as Partial<Manners>;
    return { showsTyping: typeof showsTyping === "boolean" ? showsTyping : DEFAULT.showsTyping };
  } catch {
    // Another version's, or somebody's own: as good as nothing.
    return DEFAULT;
  }
}
