/** Dates and lists as the language of the page writes them. Formatters are dear to make and are kept. */

interface Formats {
  /** 10:42 */
  readonly time: Intl.DateTimeFormat;
  /** Thursday, 26 November 2026 at 10:42:07 */
  readonly full: Intl.DateTimeFormat;
  /** Thursday, 26 November */
  readonly day: Intl.DateTimeFormat;
  /** 26 November 2025 */
  readonly date: Intl.DateTimeFormat;
  /** yesterday */
  readonly relative: Intl.RelativeTimeFormat;
  /** ann, bob and carol */
  readonly list: Intl.ListFormat;
}

const made = new Map<string, Formats>();

/** Return the formats of the page's language; in the reader's own country, if that speaks it. */
export function formats(): Formats {
  const language = globalThis.document?.documentElement.lang || "en";
  const known = made.get(language);
  if (known) return known;
  const own = globalThis.navigator?.languages.find((tag) => tag.split("-")[0] === language);
  const locale = own ?? language;
  const formats: Formats = {
    time: new Intl.DateTimeFormat(locale, { timeStyle: "short" }),
    full: new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" }),
    day: new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }),
    date: new Intl.DateTimeFormat(locale, { dateStyle: "long" }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: "auto" }),
    list: new Intl.ListFormat(locale, { type: "conjunction" }),
  };
  made.set(language, formats);
  return formats;
}

/** Return when the day of a time began, in milliseconds, where the reader is. */
export function startOfDay(timeMs: number): number {
  return new Date(timeMs).setHours(0, 0, 0, 0);
}

/** Return what a day is called: today, yesterday, by its name in the same year, or by its date. */
export function nameOfDay(timeMs: number, nowMs: number): string {
  const { day, date, relative } = formats();
  const days = Math.round((startOfDay(timeMs) - startOfDay(nowMs)) / 86_400_000);
  if (days === 0 || days === -1) return capitalised(relative.format(days, "day"));
  const isThisYear = new Date(timeMs).getFullYear() === new Date(nowMs).getFullYear();
  return isThisYear ? day.format(timeMs) : date.format(timeMs);
}

function capitalised(text: string): string {
  const [first = ""] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}
