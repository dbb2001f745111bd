/** Times, as the language of the page writes them. */
import { formats, startOfDay } from "../../lib/dates";

export function shortTime(timeMs: number): string {
  return formats().time.format(timeMs);
}

export function fullTime(timeMs: number): string {
  return formats().full.format(timeMs);
}

/** The time of today, the day of anything before. */
export function nearTime(timeMs: number, nowMs: number): string {
  const known = formats();
  return (startOfDay(timeMs) === startOfDay(nowMs) ? known.time : known.date).format(timeMs);
}
