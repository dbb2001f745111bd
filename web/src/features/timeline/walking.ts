/** Which row a key leads to. Pure. */
import type { Row } from "./rows";

export interface Stand {
  /** The row that has the focus, or -1. */
  readonly active: number;
  /** The first and the last row that are seen. */
  readonly first: number;
  readonly last: number;
}

/** Return the row that `key` leads to, or `undefined` where it leads nowhere. */
export function walk(key: string, rows: readonly Row[], { active, first, last }: Stand): number | undefined {
  const page = Math.max(1, last - first);
  switch (key) {
    case "ArrowUp":
    case "k":
      return active < 0 ? near(rows, last, -1) : near(rows, active - 1, -1);
    case "ArrowDown":
    case "j":
      return active < 0 ? near(rows, last, -1) : near(rows, active + 1, 1);
    case "PageUp":
      return near(rows, Math.max(0, (active < 0 ? last : active) - page), 1);
    case "PageDown":
      return near(rows, Math.min(rows.length - 1, (active < 0 ? first : active) + page), -1);
    case "Home":
      return near(rows, 0, 1);
    case "End":
      return near(rows, rows.length - 1, -1);
    default:
      return undefined;
  }
}

/** The first row from `index` on that has something to stand on. */
function near(rows: readonly Row[], index: number, step: 1 | -1): number | undefined {
  for (let at = index; at >= 0 && at < rows.length; at += step) if (rows[at]?.kind !== "beginning") return at;
  return undefined;
}
