/**
 * The service worker: lets the page open without a network. It keeps the files of one build, all of them or none, and
 * answers with them; whatever is said goes past it. A newer one waits until the page asks it to take over, so that the
 * files of two builds are never mixed under somebody's hands.
 */

/** The files of this build, and what names it: written in here when it is built. `scripts/shell.ts` */
declare const SHELL: readonly string[];
declare const BUILD: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const PREFIX = "hubbub-shell-";
const INDEX = "/";

/** Addresses that the client reads: `CLIENT_PATHS` in `gateways/http/browsing.py`. */
const CLIENT = /^\/(?:$|[cdm]\/|claim\/|invite\/)/;

/** Files that are this build's, and never change under their names. */
const ASSETS = "/assets/";

/** Files differ by how they are compressed, and are the same in the end. */
const AS_IT_IS = { ignoreVary: true };

/** Builds that are kept: the page that somebody has not loaded again yet may still ask for parts of the last. */
const KEPT = 2;

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOldBuilds()));
worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate" && CLIENT.test(url.pathname)) event.respondWith(answer(INDEX, request));
  else if (url.pathname.startsWith(ASSETS) || SHELL.includes(url.pathname))
    event.respondWith(answer(url.pathname, request));
});

async function install(): Promise<void> {
  const cache = await caches.open(PREFIX + BUILD);
  // What the browser kept of a former build is of no use here.
  await cache.addAll(
    [INDEX, ...SHELL].map((path) =>
      path.startsWith(ASSETS) ? path : new Request(path, { cache: "no-cache" }),
    ),
  );
}

async function forgetOldBuilds(): Promise<void> {
  // In the order in which they were made.
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(builds.slice(0, -KEPT).map((name) => caches.delete(name)));
}

/** Answer with what is kept, of this build if it has it, or ask the server. */
async function answer(path: string, request: Request): Promise<Response> {
  const own = await (await caches.open(PREFIX + BUILD)).match(path, AS_IT_IS);
  return own ?? (await caches.match(path, AS_IT_IS)) ?? (await fetch(request));
}
