/** Routes: what an address shows. Pure; `lib/history.ts` reads and writes the browser's. */

export type View =
  | { readonly kind: "home" }
  | { readonly kind: "room"; readonly name: string }
  | { readonly kind: "message"; readonly id: string }
  | { readonly kind: "invitation"; readonly code: string }
  | { readonly kind: "claim"; readonly code: string }
  /** What another device of one's own shows; its code stands behind the `#`, which no server is told. */
  | { readonly kind: "device"; readonly code: string };

export interface Route {
  readonly view: View;
  /** What stands beside the room: `members`, `thread/4-8`, `search/words` …; empty for nothing. */
  readonly side: string;
  /** What lies over everything: `settings/account`, `new-room` …; empty for nothing. */
  readonly dialog: string;
  /** Which server, `HOST:PORT`; empty for the one that the page comes from. */
  readonly server: string;
}

const WORDS: Record<string, (rest: string) => View> = {
  c: (name) => ({ kind: "room", name: `#${name}` }),
  d: (name) => ({ kind: "room", name: `@${name}` }),
  m: (id) => ({ kind: "message", id }),
  invite: (code) => ({ kind: "invitation", code }),
  claim: (code) => ({ kind: "claim", code }),
};

/** Read an address, such as `/c/tea?side=members`. What is not known leads home. */
export function parseRoute(url: URL): Route {
  return {
    view: parseView(url),
    side: url.searchParams.get("side") ?? "",
    dialog: url.searchParams.get("dialog") ?? "",
    server: url.searchParams.get("on") ?? "",
  };
}

function parseView(url: URL): View {
  const fragment = decode(url.hash.slice(1));
  if (url.pathname === "/device" && fragment) return { kind: "device", code: fragment };
  // `https://host/#tea` and `hubbub://host/#tea` name a room, as people write them.
  if (url.pathname === "/" && fragment) return { kind: "room", name: `#${fragment}` };
  const [, word = "", rest = ""] = /^\/([a-z]+)\/(.+)$/.exec(url.pathname) ?? [];
  return WORDS[word]?.(decode(rest)) ?? { kind: "home" };
}

/** Write an address. */
export function writeRoute(route: Route): string {
  const query = new URLSearchParams();
  if (route.side) query.set("side", route.side);
  if (route.dialog) query.set("dialog", route.dialog);
  if (route.server) query.set("on", route.server);
  const words = query.size > 0 ? `?${query}` : "";
  const fragment = route.view.kind === "device" ? `#${encodeURIComponent(route.view.code)}` : "";
  return `${pathOf(route.view)}${words}${fragment}`;
}

function pathOf(view: View): string {
  switch (view.kind) {
    case "home":
      return "/";
    case "room":
      return `/${view.name.startsWith("@") ? "d" : "c"}/${encodeURIComponent(view.name.slice(1))}`;
    case "message":
      return `/m/${encodeURIComponent(view.id)}`;
    case "invitation":
      return `/invite/${encodeURIComponent(view.code)}`;
    case "claim":
      return `/claim/${encodeURIComponent(view.code)}`;
    case "device":
      return "/device";
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins nothing: it means itself.
    return text;
  }
}
