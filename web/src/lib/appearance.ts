/** How the page looks, as its reader wants it: kept by the browser, and set before anything is drawn. */
import { useSyncExternalStore } from "react";
import { preferred } from "../words/languages";
import { speak } from "../words/words";
import { type Appearance, DEFAULT, dress, KEPT_AT, MORE_CONTRAST, parseLooks } from "./looks";
import { browserShelf } from "./shelf";

const listeners = new Set<() => void>();
let current = DEFAULT;

/** Look as it was chosen before, from the start; resolves when the words are there. */
export async function restoreAppearance(): Promise<void> {
  current = parseLooks(browserShelf.getItem(KEPT_AT));
  addEventListener("storage", (event) => {
    if (event.key === KEPT_AT) void show(parseLooks(event.newValue));
  });
  matchMedia(MORE_CONTRAST).addEventListener("change", () => void apply());
  await apply();
}

/** Look otherwise from now on, in this page's other tabs as well. */
export function chooseAppearance(change: Partial<Appearance>): void {
  const chosen = { ...current, ...change };
  browserShelf.setItem(KEPT_AT, JSON.stringify(chosen));
  void show(chosen);
}

export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, () => current);
}

async function show(appearance: Appearance): Promise<void> {
  current = appearance;
  await apply();
  for (const listener of listeners) listener();
}

async function apply(): Promise<void> {
  dress(current);
  await speak(current.language === "system" ? preferred(navigator.languages) : current.language);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
