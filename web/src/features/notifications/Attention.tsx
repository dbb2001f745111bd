import { useEffect } from "react";
import type { Server } from "../../model/server";
import type { Servers } from "../../model/servers";
import { useWords } from "../../words/words";
import { loudnessOf, titleOf } from "./counting";
import { Teller } from "./teller";

/** Calls whoever does not look, and says on the tab and the icon what is new; nothing of it is seen in the page. */
export function Attention({ servers, room }: { servers: Servers; room: string }) {
  const words = useWords().general;
  useEffect(() => follow(servers, (list) => show(list, room, words.name)), [servers, room, words]);
  useEffect(() => tellOf(servers), [servers]);
  return null;
}

/** Have a teller for each server; returns how to stop that. */
function tellOf(servers: Servers): () => void {
  let tellers = new Map<Server, Teller>();
  const stop = follow(servers, (list) => {
    const before = tellers;
    tellers = new Map(list.map((server) => [server, before.get(server) ?? new Teller(server)]));
    for (const [server, teller] of before) if (!tellers.has(server)) teller.close();
  });
  return () => {
    stop();
    for (const teller of tellers.values()) teller.close();
  };
}

/** Call `act` now, and once after whatever happens on any of the servers; returns how to stop that. */
function follow(servers: Servers, act: (list: readonly Server[]) => void): () => void {
  let isDue = false;
  let stops: (() => void)[] = [];
  function run() {
    isDue = false;
    act(servers.list);
  }
  function changed() {
    if (isDue) return;
    isDue = true;
    queueMicrotask(run);
  }
  function watch() {
    for (const stop of stops) stop();
    stops = servers.list.flatMap((server) => [
      server.connection.place.subscribe(changed),
      server.levels.subscribe(changed),
    ]);
    changed();
  }
  const stop = servers.subscribe(watch);
  watch();
  return () => {
    stop();
    for (const one of stops) one();
  };
}

function show(list: readonly Server[], room: string, name: string): void {
  const each = list.map((server) =>
    loudnessOf(server.connection.place.rooms.values(), (one) => server.levels.isMuted(one)),
  );
  const loud = each.reduce((sum, one) => sum + one.loud, 0);
  const hasQuiet = each.some((one) => one.hasQuiet);
  document.title = titleOf(room, { loud, hasQuiet }, name);
  const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  const picture = loud > 0 ? "/icon-new.svg" : "/icon.svg";
  if (icon && icon.getAttribute("href") !== picture) icon.href = picture;
  badge(loud);
}

function badge(count: number): void {
  if (!("setAppBadge" in navigator)) return;
  // It may be refused where the page is not installed: then there is nothing that could have one.
  const done = count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge();
  done.catch(() => undefined);
}
