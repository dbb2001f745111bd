/** Favourites: the reactions that somebody used last stand first. */
import { browserShelf } from "../../lib/shelf";

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
  browserShelf.setItem(KEPT_AT, JSON.stringify(kept));
}

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(browserShelf.getItem(KEPT_AT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    // Another version's, or somebody's own.
    return [];
  }
}
