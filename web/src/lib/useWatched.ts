/** Read a store from a component, and be drawn again when what was read has changed. */
import { useCallback, useRef, useSyncExternalStore } from "react";
import { Pacing } from "./pacing";

export interface Watched {
  subscribe(listener: () => void): () => void;
  readonly version: number;
}

const frames = new Pacing({
  get isSeen() {
    return document.visibilityState === "visible";
  },
  now: () => performance.now(),
  requestFrame: (tell) => requestAnimationFrame(tell),
  requestLater: (tell, delayMs) => setTimeout(tell, delayMs),
});

/** Begin to tell, when the page is left or come back to, what has changed until then: before anybody hears of that. */
export function watchLeaving(): void {
  document.addEventListener("visibilitychange", () => frames.flush());
}

/**
 * Return what `select` reads of the store. It may make a new value each time: it is asked once for each change. Where a
 * store changes a hundred times a second, `pace` has it drawn at frames that are `APART_MS` from each other.
 */
export function useWatched<Store extends Watched, Value>(
  store: Store,
  select: (store: Store) => Value,
  pace: "change" | "frame" = "change",
): Value {
  const seen = useRef<{ store: Store; version: number; select: unknown; value: Value } | undefined>(
    undefined,
  );
  const subscribe = useCallback(
    (listener: () => void) => (pace === "frame" ? eachFrame(store, listener) : store.subscribe(listener)),
    [store, pace],
  );
  return useSyncExternalStore(subscribe, () => {
    const last = seen.current;
    if (last?.store === store && last.version === store.version && last.select === select) return last.value;
    const value = select(store);
    const kept = last?.store === store && Object.is(last.value, value) ? last.value : value;
    seen.current = { store, version: store.version, select, value: kept };
    return kept;
  });
}

/** Call `listener` at a frame, however often the store changes until then, and all such together. */
function eachFrame(store: Watched, listener: () => void): () => void {
  const stop = store.subscribe(() => frames.tellNext(listener));
  return () => {
    frames.forget(listener);
    stop();
  };
}
