/** Updates: whether the server has a newer page than this one, which goes on as it is until somebody loads it again. */

const listeners = new Set<() => void>();
let isNewer = false;

/** How often is asked for a newer one, in milliseconds; it is also asked for on each visit. */
const ASK_MS = 3_600_000;

/** How long somebody who wants the newest page waits for it; then he has the one that there is, in milliseconds. */
const WAIT_MS = 10_000;

export const updates = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): boolean => isNewer,
};

/** There is a newer page: its worker waits, a part of this one is not there any more, or the server says so. */
function announceUpdate(): void {
  isNewer = true;
  for (const listener of listeners) listener();
}

/** The server is another one than it was: look whether its page is, too. */
export async function lookForUpdate(): Promise<void> {
  const registration = await registered();
  if (registration === undefined) announceUpdate();
  else await ask(registration);
}

/**
 * Load the newest page that the server has, not the one that is kept for when it is away. Whatever is written has to be
 * kept by whoever keeps it when a page goes.
 */
export async function loadUpdate(): Promise<void> {
  // Whatever a slow network makes of the rest.
  setTimeout(() => location.reload(), WAIT_MS);
  const registration = await registered();
  if (registration) await ask(registration);
  const next = registration?.waiting ?? registration?.installing;
  if (!next) {
    location.reload();
    return;
  }
  const follow = () => {
    if (next.state === "installed") next.postMessage("take over");
    if (next.state === "activated" || next.state === "redundant") location.reload();
  };
  next.addEventListener("statechange", follow);
  follow();
}

async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  if (!("serviceWorker" in navigator)) return undefined;
  // Some browsers forbid to ask, where they forbid workers.
  return await navigator.serviceWorker.getRegistration().catch(() => undefined);
}

/** Find out what it means when a part of the page cannot be loaded. */
export function watchParts(): void {
  addEventListener("vite:preloadError", () => void lookForNewer());
}

/**
 * Let the page open without a network from its next visit on, for which all of it is loaded once more. Only pages that
 * came by TLS, or from here, may.
 */
export async function keepPage(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(trusted("/sw.js"));
    if (registration.waiting) announceUpdate();
    registration.addEventListener("updatefound", () => follow(registration));
    // Browsers look by themselves some time after a visit, and not in all of them.
    if (registration.active) void ask(registration);
    setInterval(() => void ask(registration), ASK_MS);
  } catch {
    // Some browsers forbid it, such as in private windows: the page works as long as there is a network.
  }
}

/** A part of the page could not be loaded: the server has another page by now, or it is not there. */
async function lookForNewer(): Promise<void> {
  const scripts = [...document.querySelectorAll("script[type=module][src]")];
  const page = await fetchPage();
  if (scripts.some((script) => page?.includes(script.getAttribute("src") ?? "") === false)) announceUpdate();
}

/** Return the page as it is now; undefined where it cannot be had, as without a server. */
export async function fetchPage(): Promise<string | undefined> {
  try {
    const answer = await fetch("/", { cache: "no-store" });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    // Nothing is wrong with this page by that, and whoever wants something of the other is told that it is missing.
    return undefined;
  }
}

async function ask(registration: ServiceWorkerRegistration): Promise<void> {
  // Without a network there is nothing newer, and an hour later it is asked again.
  await registration.update().catch(() => undefined);
}

function follow(registration: ServiceWorkerRegistration): void {
  const worker = registration.installing;
  worker?.addEventListener("statechange", () => {
    // The first one of all is no update.
    if (worker.state === "installed" && registration.active) announceUpdate();
  });
}

/** The policy of the page has scripts come from addresses that were looked at: this is the only one. */
function trusted(path: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  const policy = types?.createPolicy("hubbub", { createScriptURL: (url) => url });
  return (policy?.createScriptURL(path) as string | undefined) ?? path;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): unknown;
  };
}
