/** The servers that this page speaks to. */
import { ACCOUNTS_AT, type Shelf } from "../model/accounts";
import { Servers } from "../model/servers";

export const servers = new Servers(location, shelf(), new BroadcastChannel("hubbub"));
servers.open();

addEventListener("storage", (event) => {
  if (event.key === null || event.key === ACCOUNTS_AT) servers.refresh();
});

for (const event of ["online", "offline", "pageshow"]) addEventListener(event, () => servers.check());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") servers.check();
  else servers.flush();
});
addEventListener("pagehide", () => servers.leave());

/** Return where the browser keeps texts, or, where it forbids that, what forgets them with the page. */
function shelf(): Shelf {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined };
  }
}
