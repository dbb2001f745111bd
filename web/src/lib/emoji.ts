/** Emoji: their shortcodes, as people type them; loaded when somebody begins with a colon. */

export interface Emoji {
  readonly sign: string;
  readonly name: string;
  /** What may stand between the colons, the best known first. */
  readonly codes: readonly string[];
}

type Codes = Readonly<Record<string, string | readonly string[]>>;

let loaded: Promise<readonly Emoji[]> | undefined;

/** Return all of them, those first that people use. */
export function loadEmoji(): Promise<readonly Emoji[]> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<readonly Emoji[]> {
  const [{ default: all }, { default: codes }] = await Promise.all([
    import("emojibase-data/en/compact.json"),
    import("emojibase-data/en/shortcodes/github.json"),
  ]);
  return all.flatMap(({ hexcode, unicode, label }) => {
    const known = (codes as Codes)[hexcode];
    if (known === undefined) return [];
    return [{ sign: unicode, name: label, codes: typeof known === "string" ? [known] : known }];
  });
}
