/** Updates: whether the server has a newer page than this one, which goes on as it is until somebody loads it again. */

const listeners = new Set<() => void>();
let isNewer = false;
let waiting: ServiceWorker | undefined;

/** How often is asked for a newer one, in milliseconds; it is also asked for on each visit. */
const ASK_MS = 3_600_000;

export const updates = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): boolean => isNewer,
};

/** There is a newer page: a part of this one is not there any more, or the server says so. */
export function announceUpdate(): void {
  isNewer = true;
  for (const listener of listeners) listener();
}

/** Load the newer page. Whatever is written has to be kept by whoever keeps it when a page goes. */
export function loadUpdate(): void {
  if (waiting === undefined) location.reload();
  else {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("take over");
  }
}

/** Let the page open without a network from its next visit on. Only pages that came by TLS, or from here, may. */
export async function keepPage(): Promise<void> {
  addEventListener("vite:preloadError", announceUpdate);
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(trusted("/sw.js"));
    if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
    registration.addEventListener("updatefound", () => follow(registration.installing));
    setInterval(() => void ask(registration), ASK_MS);
  } catch {
    // Some browsers forbid it, such as in private windows: the page works as long as there is a network.
  }
}

async function ask(registration: ServiceWorkerRegistration): Promise<void> {
  // Without a network there is nothing newer, and an hour later it is asked again.
  await registration.update().catch(() => undefined);
}

function follow(worker: ServiceWorker | null): void {
  worker?.addEventListener("statechange", () => {
    // The first one of all is no update.
    if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
  });
}

function offer(worker: ServiceWorker): void {
  waiting = worker;
  announceUpdate();
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
