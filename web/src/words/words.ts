/** Words: what the page says, in the language of whoever reads it. */
import { use, useSyncExternalStore } from "react";
import { en } from "./en";
import type { door as doorEnglish } from "./en/door";
import type { late as lateEnglish } from "./en/late";
import type { Language } from "./languages";

/** What is said at once. */
export type Words = typeof en;
/** That, and what is said only by what is loaded when it is wanted: dialogs, panes, menus. */
export type LateWords = Words & typeof lateEnglish;
/** What is said at once, and at the door. */
export type DoorWords = Words & typeof doorEnglish;

type Catalogues<Set> = Record<Language, () => Promise<Set>>;

const EARLY: Catalogues<Words> = {
  en: async () => en,
  de: async () => (await import("./de")).de,
};

const listeners = new Set<() => void>();
let current: Words = en;
let spoken: Language = "en";
/** The one that was chosen last, and may have to be loaded. */
let chosen: Language = spoken;

/** Words that are loaded when they are wanted, beside those that are there at once. */
class Further<More extends object> {
  /** All of them, once they are there. */
  words: (Words & More) | undefined;
  readonly #catalogues: Catalogues<More>;
  #coming: Promise<Words & More> | undefined;
  #hasFailed = false;

  constructor(catalogues: Catalogues<More>) {
    this.#catalogues = catalogues;
  }

  /** Load them, also again where that has failed; begun early, nobody waits for them. */
  load(): Promise<Words & More> {
    if (this.#coming === undefined || this.#hasFailed) {
      this.#hasFailed = false;
      this.#coming = this.#bring(spoken);
    }
    return this.#coming;
  }

  /** Them, or that they are coming; nothing is tried again. */
  get coming(): Promise<Words & More> {
    return this.#coming ?? this.load();
  }

  /** Get ready to say them in another language, if they are said at all; returns how to begin with it. */
  async translate(language: Language, coming: Promise<Words>): Promise<() => void> {
    if (this.#coming === undefined) return () => undefined;
    const [early, more] = await Promise.all([coming, this.#catalogues[language]()]);
    const all = { ...early, ...more };
    return () => {
      this.words = all;
      this.#coming = Promise.resolve(all);
    };
  }

  async #bring(language: Language): Promise<Words & More> {
    try {
      const more = await this.#catalogues[language]();
      // Meanwhile another language may have been chosen.
      if (language !== spoken) return await this.#bring(spoken);
      this.words = { ...current, ...more };
      return this.words;
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }
}

const late = new Further({
  en: async () => (await import("./en/late")).late,
  de: async () => (await import("./de/late")).late,
});

const door = new Further({
  en: async () => (await import("./en/door")).door,
  de: async () => (await import("./de/door")).door,
});

/** Speak a language from now on. */
export async function speak(language: Language): Promise<void> {
  chosen = language;
  // Of what is spoken already nothing has to come: nobody waits for words that are needed later.
  if (language !== spoken) await learn(language);
  if (language !== chosen) return;
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

async function learn(language: Language): Promise<void> {
  const coming = EARLY[language]();
  // Whoever reads a dialog goes on reading it.
  const begin = await Promise.all([late.translate(language, coming), door.translate(language, coming)]);
  const early = await coming;
  // Meanwhile another one may have been chosen.
  if (language !== chosen) return;
  current = early;
  spoken = language;
  for (const one of begin) one();
}

/** The words as they are now, outside of components. */
export function words(): Words {
  return current;
}

export function useWords(): Words {
  return useSyncExternalStore(subscribe, words);
}

/** All words, also those of dialogs, panes and menus, in what is loaded together with them. */
export function useLateWords(): LateWords {
  return useFurther(late);
}

export function loadLateWords(): Promise<LateWords> {
  return late.load();
}

/** Load something together with the words that it says. */
export function withLateWords<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  return async () => (await Promise.all([load(), late.load()]))[0];
}

/** All words, outside of components, from what is shown only once they are there. */
export function lateWords(): LateWords {
  if (late.words === undefined) throw new Error("the late words are not loaded");
  return late.words;
}

/** Return what the server has said in the language of the page, as far as that is known and loaded. */
export function translated(sentence: string): string | undefined {
  return (late.words ?? door.words)?.translate(sentence);
}

/** The words of the door, in what is loaded together with them. */
export function useDoorWords(): DoorWords {
  return useFurther(door);
}

export function loadDoorWords(): Promise<DoorWords> {
  return door.load();
}

/** For what stands in a `<Suspense>`; where they cannot be loaded, the nearest boundary of errors tells it. */
function useFurther<More extends object>(further: Further<More>): Words & More {
  useWords();
  // Drawing does not try again by itself: it would do so for ever.
  return further.words ?? use(further.coming);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
