/** What can be watched: `useSyncExternalStore` reads it, and so does anybody else. */

export type Listener = () => void;

export class Emitter {
  readonly #listeners = new Set<Listener>();
  #version = 0;

  /** Grows with every change, so that a reader can tell whether there was one. */
  get version(): number {
    return this.#version;
  }

  /** Call `listener` after each change; returns how to stop that. */
  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  protected changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** Wait until something is so, which may change with `watched`. */
export function until(watched: Emitter, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      stop();
      resolve();
    };
    const stop = watched.subscribe(look);
    look();
  });
}
