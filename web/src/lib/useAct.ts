/** Do something that may be refused, and say why where it was asked for. */
import { useCallback, useState } from "react";

export interface Acting {
  readonly isBusy: boolean;
  /** Why it was not done; empty where it was. */
  readonly problem: string;
  /** The code of that refusal, where it was one: whoever shows a field that is to blame asks for it. */
  readonly code: string;
  /** Do it; tells whether it was done. */
  readonly act: (doing: () => Promise<unknown>) => Promise<boolean>;
}

const NONE = { problem: "", code: "" };

export function useAct(): Acting {
  const [isBusy, setBusy] = useState(false);
  const [{ problem, code }, setFailure] = useState(NONE);
  const act = useCallback(async (doing: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(NONE);
    try {
      await doing();
      return true;
    } catch (error) {
      const isError = error instanceof Error;
      setFailure({
        problem: isError ? error.message : String(error),
        code: isError && "code" in error ? String(error.code) : "",
      });
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { isBusy, problem, code, act };
}
