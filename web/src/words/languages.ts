/** Languages that the page speaks, by their BCP 47 tags; each names itself. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

/** Return the first of the reader's languages that is spoken here. */
export function preferred(languages: readonly string[]): Language {
  for (const language of languages) {
    const tag = language.split("-")[0] ?? "";
    if (tag in LANGUAGES) return tag as Language;
  }
  return "en";
}
