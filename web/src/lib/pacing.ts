/** Who draws what changes a hundred times a second is told of it before frames, and not before each of them. */

/** Where frames follow one another faster than that, those are told in the next one; the others only scroll. */
export const APART_MS = 25;

export class Pacing {
  readonly #due = new Set<() => void>();
  readonly #requestFrame: (tell: (nowMs: number) => void) => void;
  readonly #now: () => number;
  #isAsked = false;
  #isHeld = false;
  #toldMs = Number.NEGATIVE_INFINITY;

  /** `now` counts as frames do, in milliseconds. */
  constructor(requestFrame: (tell: (nowMs: number) => void) => void, now: () => number) {
    this.#requestFrame = requestFrame;
    this.#now = now;
  }

  /** Whether what has changed since they were told is not to be seen before they are told again. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Have `listener` called before a frame, however often that is said until then, and with all the others. */
  tellNext(listener: () => void): void {
    this.#due.add(listener);
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#isHeld = this.#now() - this.#toldMs < APART_MS;
    this.#requestFrame(this.#tell);
  }

  /** Call it no longer. */
  forget(listener: () => void): void {
    this.#due.delete(listener);
  }

  readonly #tell = (nowMs: number): void => {
    if (this.#isHeld && nowMs - this.#toldMs < APART_MS) {
      this.#requestFrame(this.#tell);
      return;
    }
    this.#isAsked = false;
    this.#isHeld = false;
    this.#toldMs = nowMs;
    const listeners = [...this.#due];
    this.#due.clear();
    for (const listener of listeners) listener();
  };
}
