/** Listeners: whoever wants to hear of one kind of thing. */

export class Listeners<Heard extends readonly unknown[]> {
  readonly #all = new Set<(...heard: Heard) => void>();

  /** Hear of it from now on; returns how to stop that. */
  add(listener: (...heard: Heard) => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  tell(...heard: Heard): void {
    for (const listener of this.#all) listener(...heard);
  }
}
