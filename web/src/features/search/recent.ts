/** What was looked for lately, the last first; kept by the browser. */

const KEPT_AT = "hubbub.searches";
const MOST = 8;

export function recentSearches(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    // The browser keeps nothing for this page, or something else stands there.
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
  try {
    localStorage.setItem(KEPT_AT, JSON.stringify(searches));
  } catch {
    // As above.
  }
}
