/** Where the browser is: the one place that reads and writes its address and its history. */
import { useSyncExternalStore } from "react";
import { parseRoute, type Route, writeRoute } from "./routes";

const listeners = new Set<() => void>();
let current = parseRoute(new URL(location.href));

addEventListener("popstate", () => arrive(parseRoute(new URL(location.href))));

function arrive(route: Route): void {
  current = route;
  for (const listener of listeners) listener();
}

export function currentRoute(): Route {
  return current;
}

/** Go to another place; what is not said stays, but for what lies over or beside it where the view changes. */
export function go(to: Partial<Route>, how: "push" | "replace" = "push"): void {
  const rest = to.view ? { side: "", dialog: "" } : {};
  const route = { ...current, ...rest, ...to };
  const address = writeRoute(route);
  if (address === writeRoute(current)) return;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  arrive(route);
}

/** Return where one is, and draw again when that changes. */
export function useRoute(): Route {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentRoute);
}
