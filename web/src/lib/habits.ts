/** Habits: how somebody likes to write; kept by the browser, as `lib/appearance.ts` keeps how the page looks. */
import { useSyncExternalStore } from "react";

export interface Habits {
  /** Whether others see that one is writing. */
  readonly showsTyping: boolean;
}

const KEPT_AT = "hubbub.habits";
const DEFAULT: Habits = { showsTyping: true };

const listeners = new Set<() => void>();
let current: Habits | undefined;

export const habits = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current(): Habits {
    current ??= parseHabits(read());
    return current;
  },
  change(change: Partial<Habits>): void {
    current = { ...habits.current(), ...change };
    keep(JSON.stringify(current));
    for (const listener of listeners) listener();
  },
};

export function useHabits(): Habits {
  return useSyncExternalStore(habits.subscribe, habits.current);
}

/** Read what was kept; whatever is not known there is as it is by default. */
export function parseHabits(text: string | null): Habits {
  try {
    const kept: unknown = JSON.parse(text ?? "{}");
    const { showsTyping } = (kept ?? {}) as Partial<Habits>;
    return { showsTyping: typeof showsTyping === "boolean" ? showsTyping : DEFAULT.showsTyping };
  } catch {
    // Another version's, or somebody's own: as good as nothing.
    return DEFAULT;
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEPT_AT);
  } catch {
    // The browser keeps nothing for this page: it is as it is by default.
    return null;
  }
}

function keep(text: string): void {
  try {
    localStorage.setItem(KEPT_AT, text);
  } catch {
    // As above: it holds until the page is closed.
  }
}
