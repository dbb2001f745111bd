/** Favourites: the reactions that somebody used last stand first. */

const KEPT_AT = "hubbub.reactions";
const MOST = 6;

/** What most people use, as long as one has used nothing. */
const USUAL: readonly string[] = ["👍", "❤️", "😂", "🎉", "😮", "😢"];

export function favourites(): readonly string[] {
  return [...new Set([...read(), ...USUAL])].slice(0, MOST);
}

/** Somebody has reacted so. */
export function noteReaction(reaction: string): void {
  const kept = [...new Set([reaction, ...read()])].slice(0, MOST);
  try {
    localStorage.setItem(KEPT_AT, JSON.stringify(kept));
  } catch {
    // The browser keeps nothing for this page: the usual ones stand first.
  }
}

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    // As above, or somebody else's: as if nothing were there.
    return [];
  }
}
