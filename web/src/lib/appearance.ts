/** How the page looks, as its reader wants it: kept by the browser, and set before anything is drawn. */
import { useSyncExternalStore } from "react";
import { LANGUAGES, type Language, preferred, speak } from "../words/words";
import { browserShelf } from "./shelf";

export interface Appearance {
  /** `system` is whatever the reader's system says. */
  readonly theme: "system" | "light" | "dark";
  readonly contrast: "system" | "more";
  readonly motion: "system" | "none";
  readonly density: "cosy" | "compact";
  readonly language: "system" | Language;
}

/** What can be chosen. */
export const CHOICES: { readonly [Key in keyof Appearance]: readonly Appearance[Key][] } = {
  theme: ["system", "light", "dark"],
  contrast: ["system", "more"],
  motion: ["system", "none"],
  density: ["cosy", "compact"],
  language: ["system", ...(Object.keys(LANGUAGES) as Language[])],
};

const KEPT_AT = "hubbub.appearance";
const DEFAULT: Appearance = {
  theme: "system",
  contrast: "system",
  motion: "system",
  density: "cosy",
  language: "system",
};

/** How a system asks for more contrast. */
const MORE_CONTRAST = "(prefers-contrast: more)";

const listeners = new Set<() => void>();
let current = DEFAULT;

/** Look as it was chosen before, from the start; resolves when the words are there. */
export async function restoreAppearance(): Promise<void> {
  current = parse(browserShelf.getItem(KEPT_AT));
  addEventListener("storage", (event) => {
    if (event.key === KEPT_AT) void show(parse(event.newValue));
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

/** Read what was kept; whatever is not known there is as it is by default. */
export function parse(text: string | null): Appearance {
  const kept = text === null ? {} : parseObject(text);
  const known = Object.entries(CHOICES).filter(([key, choices]) => choices.some((one) => one === kept[key]));
  return { ...DEFAULT, ...Object.fromEntries(known.map(([key]) => [key, kept[key]])) };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(text);
    return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    // Another version's, or somebody's own: as good as nothing.
    return {};
  }
}

async function show(appearance: Appearance): Promise<void> {
  current = appearance;
  await apply();
  for (const listener of listeners) listener();
}

async function apply(): Promise<void> {
  const { dataset } = document.documentElement;
  for (const key of ["theme", "contrast", "motion", "density"] as const) {
    if (current[key] === "system") delete dataset[key];
    else dataset[key] = current[key];
  }
  // Said here, so that styles need say only once what it means.
  if (matchMedia(MORE_CONTRAST).matches) dataset.contrast = "more";
  colourBar(current.theme);
  await speak(current.language === "system" ? preferred(navigator.languages) : current.language);
}

/** Have the browser's own bar in the colour of the page: index.html has one for each theme, and says whose it is. */
function colourBar(theme: Appearance["theme"]): void {
  for (const bar of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) {
    const own = bar.dataset.theme;
    if (theme === "system") bar.media = `(prefers-color-scheme: ${own})`;
    else bar.media = theme === own ? "all" : "not all";
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
