/** Looks: how the page may look and speak, as its reader has chosen, and how a document is made to look so. */
import { LANGUAGES, type Language } from "../words/languages";

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

/** Where the browser keeps what was chosen. */
export const KEPT_AT = "hubbub.appearance";

export const DEFAULT: Appearance = {
  theme: "system",
  contrast: "system",
  motion: "system",
  density: "cosy",
  language: "system",
};

/** How a system asks for more contrast. */
export const MORE_CONTRAST = "(prefers-contrast: more)";

/** Read what was kept; whatever is not known there is as it is by default. */
export function parseLooks(text: string | null): Appearance {
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

/** Have the document look so. */
export function dress(looks: Appearance): void {
  const { dataset } = document.documentElement;
  for (const key of ["theme", "contrast", "motion", "density"] as const) {
    if (looks[key] === "system") delete dataset[key];
    else dataset[key] = looks[key];
  }
  // Said here, so that styles need say only once what it means.
  if (matchMedia(MORE_CONTRAST).matches) dataset.contrast = "more";
  colourBar(looks.theme);
}

/** Have the browser's own bar in the colour of the page: index.html has one for each theme, and says whose it is. */
function colourBar(theme: Appearance["theme"]): void {
  for (const bar of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) {
    const own = bar.dataset.theme;
    if (theme === "system") bar.media = `(prefers-color-scheme: ${own})`;
    else bar.media = theme === own ? "all" : "not all";
  }
}
