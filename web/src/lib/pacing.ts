/** Pacing: who draws what changes a hundred times a second is told before some frames, and not of each change. */

/** How far such frames are apart, in milliseconds: at 60 a second, every other one only shows what has moved. */
export const APART_MS = 25;

/** The same where nobody sees the page, and nothing is to be shown: but what one has missed must be known on return. */
export const UNSEEN_APART_MS = 1_000;

/** Where frames and time come from. */
export interface Display {
  readonly isSeen: boolean;
  now(): number;
  /** Have a function called before the next frame, with the time of that, as `now` counts. */
  requestFrame(tell: (nowMs: number) => void): void;
  /** Have one called after so many milliseconds, or later: a page that is not seen has no frames. */
  requestLater(tell: () => void, delayMs: number): void;
}

export class Pacing {
  readonly #due = new Set<() => void>();
  readonly #display: Display;
  #isAsked = false;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(display: Display) {
    this.#display = display;
  }

  /** Have `listener` called before a frame, however often that is said until then, and with all the others. */
  tellNext(listener: () => void): void {
    this.#due.add(listener);
    if (this.#isAsked) return;
    this.#isAsked = true;
    if (this.#display.isSeen) this.#display.requestFrame(this.#beforeFrame);
    else this.#display.requestLater(() => this.flush(), UNSEEN_APART_MS);
  }

  /** Call it no longer. */
  forget(listener: () => void): void {
    this.#due.delete(listener);
  }

  /** Call now whoever is to be called. */
  flush(): void {
    this.#tell(this.#display.now());
  }

  readonly #beforeFrame = (nowMs: number): void => {
    // They were told meanwhile, because the page was left or come back to.
    if (this.#due.size === 0) this.#isAsked = false;
    else if (nowMs - this.#toldMs < APART_MS) this.#display.requestFrame(this.#beforeFrame);
    else this.#tell(nowMs);
  };

  #tell(nowMs: number): void {
    this.#isAsked = false;
    this.#toldMs = nowMs;
    const listeners = [...this.#due];
    this.#due.clear();
    for (const listener of listeners) listener();
  }
}
