/** Codes that this page has just come in by: their links have done what they are for. */
const taken = new Set<string>();

export function take(code: string): void {
  taken.add(code);
}

/** Nothing came of it after all. */
export function giveBack(code: string): void {
  taken.delete(code);
}

export function isTaken(code: string): boolean {
  return taken.has(code);
}
