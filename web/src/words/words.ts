/** Words: what the page says, in the language of whoever reads it. */
import { use, useSyncExternalStore } from "react";
import { en } from "./en";
import type { late as lateEnglish } from "./en/late";

/** What is said at once. */
export type Words = typeof en;
/** That, and what only dialogs and panes say. */
export type LateWords = Words & typeof lateEnglish;

/** Languages, by their BCP 47 tags; each names itself. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

const CATALOGUES: Record<Language, () => Promise<Words>> = {
  en: async () => en,
  de: async () => (await import("./de")).de,
};

const LATE_CATALOGUES: Record<Language, () => Promise<typeof lateEnglish>> = {
  en: async () => (await import("./en/late")).late,
  de: async () => (await import("./de/late")).late,
};

const listeners = new Set<() => void>();
let current: Words = en;
let spoken: Language = "en";
/** The late words, as far as they are there, and on their way. */
let late: LateWords | undefined;
let lateComing: Promise<LateWords> | undefined;
let hasFailed = false;

/** Speak another language from now on. */
export async function speak(language: Language): Promise<void> {
  const early = await CATALOGUES[language]();
  // Whoever reads a dialog goes on reading it.
  const all = lateComing && { ...early, ...(await LATE_CATALOGUES[language]()) };
  current = early;
  spoken = language;
  late = all;
  lateComing = all && Promise.resolve(all);
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

/** Return the first of the reader's languages that is spoken here. */
export function preferred(languages: readonly string[]): Language {
  for (const language of languages) {
    const tag = language.split("-")[0] ?? "";
    if (tag in LANGUAGES) return tag as Language;
  }
  return "en";
}

/** The words as they are now, outside of components. */
export function words(): Words {
  return current;
}

export function useWords(): Words {
  return useSyncExternalStore(subscribe, words);
}

/**
 * All words, also those that are loaded only when a dialog or a pane wants them: whatever says them stands in a
 * `<Suspense>`. Where they cannot be loaded, the nearest boundary of errors tells it.
 */
export function useLateWords(): LateWords {
  useWords();
  // Drawing does not try again by itself: it would do so for ever.
  return late ?? use(lateComing ?? loadLateWords());
}

/** Load all words, also again where that has failed; begun early, nobody waits for them. */
export function loadLateWords(): Promise<LateWords> {
  if (lateComing === undefined || hasFailed) {
    hasFailed = false;
    lateComing = bringLate(spoken);
  }
  return lateComing;
}

async function bringLate(language: Language): Promise<LateWords> {
  try {
    const more = await LATE_CATALOGUES[language]();
    // Meanwhile another language may have been chosen.
    if (language !== spoken) return await bringLate(spoken);
    late = { ...current, ...more };
    return late;
  } catch (error) {
    hasFailed = true;
    throw error;
  }
}

/** All words, outside of components, from what is shown only once they are there. */
export function lateWords(): LateWords {
  if (late === undefined) throw new Error("the late words are not loaded");
  return late;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
