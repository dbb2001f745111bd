/** Whether the window is such, as a media query says it; drawn again when that changes. */
import { useMemo, useSyncExternalStore } from "react";

/** Where there is room for one thing only: the same as in `Shell.module.css`. */
export const NARROW = "(max-width: 48rem)";

export function useMedia(query: string): boolean {
  const list = useMemo(() => matchMedia(query), [query]);
  return useSyncExternalStore(
    (listener) => {
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => list.matches,
  );
}
