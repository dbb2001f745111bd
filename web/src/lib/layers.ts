/** Layers: the dialogs that lie over the page, the last on top. What is under them can be neither seen well nor heard. */

const listeners = new Set<() => void>();
let layers: readonly HTMLElement[] = [];

/** One lies over everything from now on; returns how to take it away. */
export function addLayer(layer: HTMLElement): () => void {
  show([...layers, layer]);
  return () => show(layers.filter((one) => one !== layer));
}

export const topLayer = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): HTMLElement | undefined => layers.at(-1),
};

function show(all: readonly HTMLElement[]): void {
  layers = all;
  for (const listener of listeners) listener();
}
