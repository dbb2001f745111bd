/** Read a store from a component, and be drawn again when what was read has changed. */
import { useCallback, useRef, useSyncExternalStore } from "react";
import { Pacing } from "./pacing";

export interface Watched {
  subscribe(listener: () => void): () => void;
  readonly version: number;
}

const frames = new Pacing(
  (tell) => requestAnimationFrame(tell),
  () => performance.now(),
);

/**
 * Return what `select` reads of the store. It may make a new value each time: it is asked once for each change. Where a
 * store changes a hundred times a second, `pace` has it drawn before frames that are `APART_MS` from each other. A
 * component that is drawn between them for something else sees what it saw, so that not all of it is drawn anew; unless
 * `together` is another one, which is what has to be seen as of the same moment.
 */
export function useWatched<Store extends Watched, Value>(
  store: Store,
  select: (store: Store) => Value,
  pace: "change" | "frame" = "change",
  together?: unknown,
): Value {
  const seen = useRef<Seen<Store, Value> | undefined>(undefined);
  const subscribe = useCallback(
    (listener: () => void) => (pace === "frame" ? eachFrame(store, listener) : store.subscribe(listener)),
    [store, pace],
  );
  return useSyncExternalStore(subscribe, () => {
    const last = seen.current;
    const isOfThis = last?.store === store && last.select === select && last.together === together;
    if (isOfThis && (last.version === store.version || (pace === "frame" && frames.isHeld)))
      return last.value;
    const value = select(store);
    const kept = last?.store === store && Object.is(last.value, value) ? last.value : value;
    seen.current = { store, version: store.version, select, together, value: kept };
    return kept;
  });
}

interface Seen<Store, Value> {
  readonly store: Store;
  readonly version: number;
  readonly select: (store: Store) => Value;
  readonly together: unknown;
  readonly value: Value;
}

/** Call `listener` before a frame is drawn, however often the store changes until then, and all such together. */
function eachFrame(store: Watched, listener: () => void): () => void {
  const stop = store.subscribe(() => frames.tellNext(listener));
  // What has changed since it was drawn was held from it.
  if (frames.isHeld) frames.tellNext(listener);
  return () => {
    frames.forget(listener);
    stop();
  };
}
