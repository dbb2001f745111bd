import { useEffect, useState } from "react";

/** Return what is typed once nothing more is for a moment: what is asked for with it is not asked for at each letter. */
export function useSettled(text: string, momentMs = 200): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), momentMs);
    return () => clearTimeout(timer);
  }, [text, momentMs]);
  return settled;
}
