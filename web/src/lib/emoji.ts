/** Emoji: their shortcodes, as people type them; loaded when somebody begins with a colon. */

export interface Emoji {
  readonly sign: string;
  readonly name: string;
  /** What may stand between the colons, the best known first. */
  readonly codes: readonly string[];
}

let loaded: Promise<readonly Emoji[]> | undefined;

/** Return all of them, those first that people use. Rejects where they cannot be loaded, and tries again then. */
export function loadEmoji(): Promise<readonly Emoji[]> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<readonly Emoji[]> {
  try {
    const { default: all } = await import("virtual:shortcodes");
    return all.map(([sign, name, ...codes]) => ({ sign, name, codes }));
  } catch (error) {
    loaded = undefined;
    throw error;
  }
}
