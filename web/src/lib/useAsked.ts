/** Ask for something when a component is first drawn, and again when told to. */
import { useCallback, useEffect, useState } from "react";

export interface Asked<Value> {
  /** What was answered last; `undefined` until something was. */
  readonly value: Value | undefined;
  /** Why there is no answer; empty where there is one. */
  readonly problem: string;
  readonly again: () => void;
}

/** `ask` must be the same function as long as it asks for the same thing (`useCallback`). */
export function useAsked<Value>(ask: () => Promise<Value>): Asked<Value> {
  const [state, setState] = useState<{ value: Value | undefined; problem: string }>({
    value: undefined,
    problem: "",
  });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks the same thing again
  useEffect(() => {
    let isWanted = true;
    ask().then(
      (value) => isWanted && setState({ value, problem: "" }),
      (error: unknown) =>
        isWanted &&
        setState((before) => ({
          ...before,
          problem: error instanceof Error ? error.message : String(error),
        })),
    );
    return () => {
      isWanted = false;
    };
  }, [ask, round]);

  return { ...state, again };
}
