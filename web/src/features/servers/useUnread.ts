import { useCallback, useSyncExternalStore } from "react";
import type { Place } from "../../model/place";

/** Return how much calls one on a server: all of conversations, and what mentions one elsewhere. */
export function useUnread(place: Place): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      let stops = watchRooms(place, listener);
      const stop = place.subscribe(() => {
        for (const one of stops) one();
        stops = watchRooms(place, listener);
        listener();
      });
      return () => {
        stop();
        for (const one of stops) one();
      };
    },
    [place],
  );
  return useSyncExternalStore(subscribe, () => unreadOn(place));
}

function watchRooms(place: Place, listener: () => void): (() => void)[] {
  return [...place.rooms.values()].map((room) => room.subscribe(listener));
}

function unreadOn(place: Place): number {
  let sum = 0;
  for (const { kind, unread } of place.rooms.values())
    sum += kind === "direct" ? unread.count : unread.mentions;
  return sum;
}
