/** Old levels: what pages kept in the browser alone, before the server kept it. COMPAT: may go in 2028. */
import type { Shelf } from "./accounts";
import type { Levelled } from "./levels";

/** Return of what was told of rooms, and keep it no more: from now on it is the server's. */
export function takeOldLevels(shelf: Shelf, account: string): Levelled {
  const chosen = Object.entries(take(shelf, `hubbub.notices.${account}`, "rooms"));
  const muted = Object.values(take(shelf, `hubbub.habits.${account}`, "muted"));
  return new Map([
    ...chosen.flatMap(([room, level]) => {
      const known = level === "none" ? "nothing" : level;
      return known === "nothing" || known === "all" || known === "mentions"
        ? [[Number(room), known] as const]
        : [];
    }),
    // What was muted was so, whatever was told of it.
    ...muted.flatMap((room) => (typeof room === "number" ? [[room, "nothing"] as const] : [])),
  ]);
}

/** Take one field out of an object that is kept; an empty one where there is none. */
function take(shelf: Shelf, key: string, field: string): object {
  const text = shelf.getItem(key);
  if (!text?.includes(`"${field}"`)) return {};
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    // Whoever reads the rest of it begins anew.
    return {};
  }
  const { [field]: found, ...rest } = { ...(kept as Readonly<Record<string, unknown>>) };
  shelf.setItem(key, JSON.stringify(rest));
  return typeof found === "object" && found !== null ? found : {};
}
