/** Walking: a thread is one stop of the Tab key, in which arrows, j and k, Home and End lead from message to message. */
import { type KeyboardEvent, type RefObject, useEffect } from "react";
import { makeOneStop } from "../../lib/oneStop";

/** What has the focus there. */
const STOP = "[data-stop]";

/** Have it so; returns what hears the keys of what scrolls. */
export function useWalk(
  scroller: RefObject<HTMLElement | null>,
): (event: KeyboardEvent<HTMLElement>) => void {
  useEffect(() => (scroller.current ? makeOneStop(scroller.current) : undefined), [scroller]);
  return (event) => {
    const { target, currentTarget: list, key } = event;
    const stops = [...list.querySelectorAll<HTMLElement>(STOP)];
    const at = stops.indexOf(target as HTMLElement);
    const isElsewhere = at < 0 && target !== list;
    if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = stops[leadsTo(key, at, stops.length - 1)];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
}

/** Return to which of them a key leads, or -1 where it leads nowhere; from the list itself (-1), arrows lead to the last. */
function leadsTo(key: string, at: number, last: number): number {
  switch (key) {
    case "ArrowUp":
    case "k":
      return at < 0 ? last : at - 1;
    case "ArrowDown":
    case "j":
      return at < 0 ? last : at + 1;
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return -1;
  }
}
