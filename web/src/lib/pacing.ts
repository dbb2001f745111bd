/**
 * Pacing: who draws what changes a hundred times a second is told at some frames, and not of each change.
 *
 * After a rest he is told before the next frame, which shows it. While changes go on he is told after every other one:
 * in the time until the next frame the page is changed, in the time of that the change is painted, and neither of them
 * has all of it to do. That shows it a frame later, and drops fewer of them on a slow or busy machine.
 */

/** How far such frames are apart, in milliseconds: at 60 a second, every other one. */
export const APART_MS = 25;

/** The same where nobody sees the page, and nothing is to be shown: but what one has missed must be known on return. */
export const UNSEEN_APART_MS = 1_000;

/** After how many milliseconds one has rested: what is said less than ten times a second is shown at once. */
export const REST_MS = 100;

/** Where frames and time come from. */
export interface Display {
  readonly isSeen: boolean;
  now(): number;
  /** Have a function called before the next frame, with the time of that, as `now` counts. */
  requestFrame(tell: (nowMs: number) => void): void;
  /** Have one called after so many milliseconds, or later: between frames, or where a page not seen has none. */
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

  /** Have `listener` called at a frame, however often that is said until then, and with all the others. */
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
    const apartMs = nowMs - this.#toldMs;
    if (this.#due.size === 0 || apartMs >= REST_MS) this.#tell(nowMs);
    else if (apartMs < APART_MS) this.#display.requestFrame(this.#beforeFrame);
    else this.#display.requestLater(() => this.#tell(nowMs), 0);
  };

  #tell(nowMs: number): void {
    this.#isAsked = false;
    // They were told meanwhile, because the page was left or come back to.
    if (this.#due.size === 0) return;
    this.#toldMs = nowMs;
    const listeners = [...this.#due];
    this.#due.clear();
    for (const listener of listeners) listener();
  }
}
