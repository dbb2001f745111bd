/** Do something that may be refused, and say why where it was asked for. */
import { useCallback, useState } from "react";

export interface Acting {
  readonly isBusy: boolean;
  /** Why it was not done; empty where it was. */
  readonly problem: string;
  /** Do it; tells whether it was done. */
  readonly act: (doing: () => Promise<unknown>) => Promise<boolean>;
}

export function useAct(): Acting {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const act = useCallback(async (doing: () => Promise<unknown>) => {
    setBusy(true);
    setProblem("");
    try {
      await doing();
      return true;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { isBusy, problem, act };
}
