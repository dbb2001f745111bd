import { type SyntheticEvent, useEffect, useRef } from "react";

/** How long one stays with a link before it is taken that one means it, in milliseconds: a hand that passes by is faster. */
const STAYED_MS = 30;

/** Return what a list listens to, so that it is told to which room somebody is about to go, by its name. */
export function useNear(tell: (name: string) => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  function leave() {
    clearTimeout(timer.current);
  }

  function come(event: SyntheticEvent) {
    leave();
    const name = nameAt(event.target);
    if (name !== undefined) timer.current = setTimeout(tell, STAYED_MS, name);
  }

  function press(event: SyntheticEvent) {
    leave();
    const name = nameAt(event.target);
    if (name !== undefined) tell(name);
  }

  useEffect(() => () => clearTimeout(timer.current), []);
  return { onPointerOver: come, onPointerLeave: leave, onPointerDown: press, onFocus: come, onBlur: leave };
}

function nameAt(target: EventTarget): string | undefined {
  return (target as HTMLElement).closest<HTMLElement>("[data-room]")?.dataset.room;
}
