/** Idle: what can wait for a moment in which nothing else is to be done. */

/** Longest that is waited for one, in milliseconds. */
const BUSY_MS = 2_000;

export function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(act, { timeout: BUSY_MS });
  else setTimeout(act, 0);
}
