import { useEffect, useLayoutEffect, useRef } from "react";
import { currentRoute, go, useRoute } from "../lib/history";
import { whenIdle } from "../lib/idle";
import { useShortcuts } from "../lib/shortcuts";
import { isTouched } from "../lib/touch";
import { noteVisit } from "../lib/visits";
import type { Room } from "../model/room";
import type { Server } from "../model/server";
import { prepare } from "./preparing";
import { goTo, listed, loudest, nextOf } from "./walking";

const isUnread = (room: Room) => room.unread.count > 0;

/** What helps to find one's way and is not seen: keys that work everywhere, and the focus where one goes. */
export function Finding({ server, room }: { server: Server; room: Room | undefined }) {
  const { place } = server.connection;
  const walk = (step: 1 | -1, wants?: (room: Room) => boolean) => {
    const to = nextOf(listed(place), room, step, wants);
    goTo(to);
    // Who walks on finds the one after it prepared.
    whenIdle(() => {
      const next = nextOf(listed(place), to, step, wants);
      if (next) void prepare(server, next.name);
    });
  };
  useShortcuts({
    switch: () => go({ dialog: "switch" }),
    next: () => walk(1),
    previous: () => walk(-1),
    nextUnread: () => walk(1, isUnread),
    previousUnread: () => walk(-1, isUnread),
    nextActive: () => goTo(loudest(listed(place), room)),
    search: () => go({ side: "search" }),
    write: () => document.getElementById("composer")?.focus(),
    read: () => closeOrRead(server, room),
    help: () => go({ dialog: "shortcuts" }),
  });
  useVisits(server, room);
  useFocus(room);
  return null;
}

function closeOrRead(server: Server, room: Room | undefined): void {
  if (currentRoute().side !== "") go({ side: "" }, "replace");
  else if (room && room.unread.count > 0) server.reading.markRead(room, room.seq);
}

function useVisits(server: Server, room: Room | undefined): void {
  const { view } = useRoute();
  const name = room?.name;
  useEffect(() => {
    if (name !== undefined && view.kind !== "home") noteVisit(server.key, name);
  }, [server, name, view]);
}

/** Whoever goes to another room wants to write there; where that would bring up a keyboard, to read. */
function useFocus(room: Room | undefined): void {
  const { view } = useRoute();
  const id = room?.id;
  const before = useRef(id);
  useLayoutEffect(() => {
    if (id === before.current) return;
    before.current = id;
    // A message that one goes to takes the focus itself.
    if (view.kind === "message") return;
    document.getElementById(isTouched() ? "room" : "composer")?.focus({ preventScroll: true });
  }, [id, view]);
}
