/** How long to wait before another attempt, so that a thousand clients do not all come back at once. */

/** Longest wait before the first attempt: most lost connections are there again at once. */
export const FIRST_MS = 250;

/** Longest wait before any attempt: half of the time for which a guest's place is kept (docs/protocol.md). */
export const MOST_MS = 30_000;

/** Which part of the wait is waited in any case. */
const CERTAIN = 0.25;

/** Return how long to wait after so many failures in a row, at least one; `chance` is drawn from 0 to 1. */
export function delayMs(failures: number, chance: number): number {
  const most = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 32));
  return most * (CERTAIN + (1 - CERTAIN) * chance);
}
