import { useState } from "react";
import { sentenceOf } from "./useLoaded";

/** Do what may be refused: whether it is being done, what it was refused with, and how to do it. */
export function useDoing() {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<{ sentence: string; code: string }>();

  /** Return whether it was done. */
  async function run(act: () => Promise<unknown>): Promise<boolean> {
    setIsBusy(true);
    setRefusal(undefined);
    try {
      await act();
      return true;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      setRefusal({ sentence: sentenceOf(error), code });
      return false;
    } finally {
      setIsBusy(false);
    }
  }

  return { isBusy, refusal, run };
}
