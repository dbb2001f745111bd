/** Dates and lists as the language of the page writes them. */

/** The formats of one language. Each is dear to make: it is made when it is wanted, and kept. */
class Formats {
  readonly #locale: string;
  readonly #made = new Map<string, unknown>();

  constructor(locale: string) {
    this.#locale = locale;
  }

  /** 10:42 */
  get time(): Intl.DateTimeFormat {
    return this.#date("time", { timeStyle: "short" });
  }

  /** Thursday, 26 November 2026 at 10:42:07 */
  get full(): Intl.DateTimeFormat {
    return this.#date("full", { dateStyle: "full", timeStyle: "medium" });
  }

  /** 26 Nov 2026, 10:42 */
  get moment(): Intl.DateTimeFormat {
    return this.#date("moment", { dateStyle: "medium", timeStyle: "short" });
  }

  /** Thursday, 26 November */
  get day(): Intl.DateTimeFormat {
    return this.#date("day", { weekday: "long", day: "numeric", month: "long" });
  }

  /** 26 November 2025 */
  get date(): Intl.DateTimeFormat {
    return this.#date("date", { dateStyle: "long" });
  }

  /** yesterday */
  get relative(): Intl.RelativeTimeFormat {
    return this.#keep("relative", (locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  }

  /** ann, bob and carol */
  get list(): Intl.ListFormat {
    return this.#keep("list", (locale) => new Intl.ListFormat(locale, { type: "conjunction" }));
  }

  #date(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.#keep(name, (locale) => new Intl.DateTimeFormat(locale, options));
  }

  #keep<Format>(name: string, make: (locale: string) => Format): Format {
    const made = (this.#made.get(name) as Format | undefined) ?? make(this.#locale);
    this.#made.set(name, made);
    return made;
  }
}

const made = new Map<string, Formats>();

/** Return the formats of the page's language; in the reader's own country, if that speaks it. */
export function formats(): Formats {
  const language = globalThis.document?.documentElement.lang || "en";
  const known = made.get(language);
  if (known) return known;
  const own = globalThis.navigator?.languages.find((tag) => tag.split("-")[0] === language);
  const formats = new Formats(own ?? language);
  made.set(language, formats);
  return formats;
}

/** Return when the day of a time began, in milliseconds, where the reader is. */
export function startOfDay(timeMs: number): number {
  return new Date(timeMs).setHours(0, 0, 0, 0);
}

/** Return what a day is called: today, yesterday, by its name in the same year, or by its date. */
export function nameOfDay(timeMs: number, nowMs: number): string {
  const known = formats();
  const days = Math.round((startOfDay(timeMs) - startOfDay(nowMs)) / 86_400_000);
  if (days === 0 || days === -1) return capitalised(known.relative.format(days, "day"));
  const isThisYear = new Date(timeMs).getFullYear() === new Date(nowMs).getFullYear();
  return (isThisYear ? known.day : known.date).format(timeMs);
}

function capitalised(text: string): string {
  const [first = ""] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}
