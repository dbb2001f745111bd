/** Words: what the page says, in the language of whoever reads it. */
import { useSyncExternalStore } from "react";
import { en } from "./en";

export type Words = typeof en;

/** Languages, by their BCP 47 tags; each names itself. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

const CATALOGUES: Record<Language, () => Promise<Words>> = {
  en: async () => en,
  de: async () => (await import("./de")).de,
};

const listeners = new Set<() => void>();
let current: Words = en;

/** Speak another language from now on. */
export async function speak(language: Language): Promise<void> {
  current = await CATALOGUES[language]();
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
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, words);
}
