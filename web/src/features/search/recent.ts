/** What was looked for lately, the last first; kept by the browser. */
import { browserShelf } from "../../lib/shelf";

const KEPT_AT = "hubbub.searches";
const MOST = 8;

export function recentSearches(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(browserShelf.getItem(KEPT_AT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    // Another version's, or somebody's own.
    return [];
  }
}

export function noteSearch(text: string): void {
  keep([text, ...recentSearches().filter((one) => one !== text)].slice(0, MOST));
}

export function forgetSearches(): void {
  keep([]);
}

function keep(searches: readonly string[]): void {
  browserShelf.setItem(KEPT_AT, JSON.stringify(searches));
}
