import { useCallback, useEffect, useState } from "react";

export type Loaded<Value> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly sentence: string }
  | { readonly kind: "there"; readonly value: Value };

/** Load something when it is shown, and again when asked; `load` has to be the same function while it means the same. */
export function useLoaded<Value>(load: () => Promise<Value>): [loaded: Loaded<Value>, reload: () => void] {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ kind: "loading" });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is another load
  useEffect(() => {
    let isGone = false;
    load().then(
      (value) => isGone || setLoaded({ kind: "there", value }),
      (error: unknown) => isGone || setLoaded({ kind: "failed", sentence: sentenceOf(error) }),
    );
    return () => {
      isGone = true;
    };
  }, [load, turn]);
  return [loaded, useCallback(() => setTurn((last) => last + 1), [])];
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
