/** How long ago something was, in words of whatever language is spoken. */

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["week", 7 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** What ends is told to the day. */
const DAYS = STEPS.filter(([, seconds]) => seconds <= 86_400);

/** Return `3 hours ago`; `now` for what was less than a minute ago, or, by another clock, is still to come. */
export function ago(timeMs: number, nowMs: number, language: string): string {
  const seconds = (nowMs - timeMs) / 1_000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const [unit, size] = STEPS.find(([, least]) => seconds >= least) ?? ["second", Number.POSITIVE_INFINITY];
  return format.format(-Math.max(0, Math.floor(seconds / size)), unit);
}

/** Return `in 3 hours`, of what is still to come. */
export function ahead(seconds: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language);
  const [unit, size] = DAYS.find(([, least]) => seconds >= least) ?? ["second", 1];
  return format.format(Math.max(1, Math.round(seconds / size)), unit);
}

/** Return a date as it is written in a sentence. */
export function dateOf(timeMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(timeMs);
}
