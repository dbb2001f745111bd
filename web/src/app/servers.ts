/** The servers that this page speaks to. */
import { retryMissing } from "../lib/parts";
import { tell } from "../lib/toasts";
import { lookForUpdate } from "../lib/updates";
import { ACCOUNTS_AT, type Shelf } from "../model/accounts";
import { phraseRefusals } from "../model/refusals";
import { Servers } from "../model/servers";
import { translated, words } from "../words/words";

phraseRefusals({
  disconnected: () => words().refusals.disconnected,
  refused: (refusal) => words().refusals.by[refusal.code]?.(refusal) ?? translated(refusal.sentence),
});

export const servers = new Servers(location, shelf(), channel());

addEventListener("storage", (event) => {
  if (event.key === null || event.key === ACCOUNTS_AT) servers.refresh();
});

let hasToldOfCache = false;
// Told once: whatever is written from then on lives as long as the page does.
servers.subscribe(() => {
  if (servers.cacheProblem !== undefined && !hasToldOfCache) {
    hasToldOfCache = true;
    tell(words().connection.notKept, "error");
  }
});

// Whoever stays on a page for days learns of a newer one when the server comes back as another version.
let software = "";
servers.home.connection.place.subscribe(() => {
  const now = servers.home.connection.place.software;
  if (software !== "" && now !== software) void lookForUpdate();
  software = now;
});

// What could not be loaded without a server can be loaded once it is there again.
let wasOnline = false;
servers.home.connection.subscribe(() => {
  const isOnline = servers.home.connection.status.kind === "online";
  if (isOnline && !wasOnline) retryMissing();
  wasOnline = isOnline;
});

for (const event of ["online", "offline", "pageshow"]) addEventListener(event, () => servers.check());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") servers.check();
  else servers.flush();
});
addEventListener("pagehide", () => servers.leave());

servers.open();

/** Return where the browser keeps texts, or, where it forbids that, what forgets them with the page. */
function shelf(): Shelf {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined };
  }
}

/** Return what reaches the other tabs: none in Firefox where it keeps nothing for a page, which is the only one then. */
function channel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel("hubbub");
  } catch {
    return undefined;
  }
}
