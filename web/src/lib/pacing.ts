/** Pacing: who draws what changes a hundred times a second is told before some frames, and not of each change. */

/** How far such frames are apart, in milliseconds: at 60 a second, every other one only shows what has moved. */
export const APART_MS = 25;

export class Pacing {
  readonly #due = new Set<() => void>();
  readonly #requestFrame: (tell: (nowMs: number) => void) => void;
  #isAsked = false;
  #toldMs = Number.NEGATIVE_INFINITY;

  /** `requestFrame` has a function called before the next frame, with the time of that in milliseconds. */
  constructor(requestFrame: (tell: (nowMs: number) => void) => void) {
    this.#requestFrame = requestFrame;
  }

  /** Have `listener` called before a frame, however often that is said until then, and with all the others. */
  tellNext(listener: () => void): void {
    this.#due.add(listener);
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#requestFrame(this.#tell);
  }

  /** Call it no longer. */
  forget(listener: () => void): void {
    this.#due.delete(listener);
  }

  readonly #tell = (nowMs: number): void => {
    if (nowMs - this.#toldMs < APART_MS) {
      this.#requestFrame(this.#tell);
      return;
    }
    this.#isAsked = false;
    this.#toldMs = nowMs;
    const listeners = [...this.#due];
    this.#due.clear();
    for (const listener of listeners) listener();
  };
}
