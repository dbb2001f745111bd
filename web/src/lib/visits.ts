/** Visits: which rooms one was in last, the latest first; kept by the browser for each of one's accounts. */

/** As many as a list shows without scrolling twice. */
const MOST = 30;

const known = new Map<string, readonly string[]>();

/** Return the names of rooms, the one that one is in first. `account` is `Server.key`. */
export function visitsOf(account: string): readonly string[] {
  const visits = known.get(account) ?? parseVisits(read(account));
  known.set(account, visits);
  return visits;
}

/** One is in this room now. */
export function noteVisit(account: string, room: string): void {
  const before = visitsOf(account);
  if (before[0] === room) return;
  const visits = [room, ...before.filter((one) => one !== room)].slice(0, MOST);
  known.set(account, visits);
  try {
    localStorage.setItem(placeOf(account), JSON.stringify(visits));
  } catch {
    // The browser keeps nothing for this page: it holds until the page is closed.
  }
}

/** Read what was kept; whatever makes no sense is left out. */
export function parseVisits(text: string | null): readonly string[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    // Another version's, or somebody's own.
    return [];
  }
}

function read(account: string): string | null {
  try {
    return localStorage.getItem(placeOf(account));
  } catch {
    // As above: one has been nowhere.
    return null;
  }
}

function placeOf(account: string): string {
  return `hubbub.visits.${account}`;
}
