/** Visits: which rooms one was in last, the latest first; kept by the browser for each of one's accounts. */
import { browserShelf } from "./shelf";

/** As many as a list shows without scrolling twice. */
const MOST = 30;

const known = new Map<string, readonly string[]>();

/** Return the names of rooms, the one that one is in first. `account` is `Server.key`. */
export function visitsOf(account: string): readonly string[] {
  const visits = known.get(account) ?? parseVisits(browserShelf.getItem(placeOf(account)));
  known.set(account, visits);
  return visits;
}

/** One is in this room now. */
export function noteVisit(account: string, room: string): void {
  const before = visitsOf(account);
  if (before[0] === room) return;
  const visits = [room, ...before.filter((one) => one !== room)].slice(0, MOST);
  known.set(account, visits);
  browserShelf.setItem(placeOf(account), JSON.stringify(visits));
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

function placeOf(account: string): string {
  return `hubbub.visits.${account}`;
}
