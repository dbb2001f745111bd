/** A vigil: notices that a connection is dead. A browser shows no page the pings of a WebSocket, so the page asks. */

/** After how long a silence the server is asked whether it is there. */
export const SILENT_MS = 25_000;

/** How long it may take to answer that, or to be reached at all. */
export const PATIENCE_MS = 15_000;

/** The same where something has happened that breaks connections: the computer woke up, the network is another. */
export const HURRY_MS = 6_000;

/** So much later than it was meant to a timer runs only after the computer slept, or the page did. */
const ASLEEP_MS = 2_000;

export class Vigil {
  readonly #ask: () => void;
  readonly #lose: () => void;
  #heardAt = performance.now();
  /** How often something was heard: a clock may not tell two moments apart. */
  #heard = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `ask` has the server asked whether it is there; `lose` is called once it is plain that it is not. */
  constructor(ask: () => void, lose: () => void) {
    this.#ask = ask;
    this.#lose = lose;
    this.#wait(PATIENCE_MS);
  }

  /** Something was heard. */
  hear(): void {
    this.#heardAt = performance.now();
    this.#heard += 1;
  }

  /** Find out now. */
  hurry(): void {
    this.#probe(HURRY_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #probe(patience: number): void {
    this.#ask();
    this.#wait(patience);
  }

  /** Give up unless something is heard. */
  #wait(patience: number): void {
    const heard = this.#heard;
    this.#at(patience, (isLate) => {
      if (this.#heard > heard) this.#rest();
      else if (isLate) this.#probe(patience);
      else this.#lose();
    });
  }

  /** Ask when nothing was heard for a while. */
  #rest(): void {
    const silence = performance.now() - this.#heardAt;
    if (silence >= SILENT_MS) this.#probe(PATIENCE_MS);
    else this.#at(SILENT_MS - silence, () => this.#rest());
  }

  #at(delay: number, act: (isLate: boolean) => void): void {
    clearTimeout(this.#timer);
    const due = performance.now() + delay;
    this.#timer = setTimeout(() => act(performance.now() > due + ASLEEP_MS), delay);
  }
}
