/** Walking: from one room to the next, in the order in which the list shows them. */
import { go } from "../lib/history";
import { parseRoute } from "../lib/routes";
import type { Place } from "../model/place";
import type { Room } from "../model/room";

/** Return the room that comes `step` further and is wanted; after the last comes the first. */
export function nextOf(
  rooms: readonly Room[],
  shown: Room | undefined,
  step: 1 | -1,
  wants: (room: Room) => boolean = () => true,
): Room | undefined {
  const at = shown ? rooms.indexOf(shown) : -1;
  const order = step > 0 ? rooms : rooms.toReversed();
  const from = at < 0 ? 0 : (step > 0 ? at : rooms.length - 1 - at) + 1;
  return [...order.slice(from), ...order.slice(0, from)].find((room) => room !== shown && wants(room));
}

/** Return the room in which one is called loudest: conversations and mentions, then whatever is new. */
export function loudest(rooms: readonly Room[], shown: Room | undefined): Room | undefined {
  const weight = ({ kind, unread }: Room) =>
    unread.count === 0 ? 0 : 1 + (kind === "direct" ? 1_000 * unread.count : 1_000 * unread.mentions);
  const others = rooms.filter((room) => room !== shown && weight(room) > 0);
  return others.sort((one, other) => weight(other) - weight(one))[0];
}

/** The rooms as the list shows them: how they are arranged there is its own matter, so it is asked. */
export function listed(place: Place): readonly Room[] {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("nav a[href]")];
  const rooms = links.map((link) => {
    const { view } = parseRoute(new URL(link.href));
    return view.kind === "room" ? place.find(view.name) : undefined;
  });
  return [...new Set(rooms.filter((room) => room !== undefined))];
}

export function goTo(room: Room | undefined): void {
  if (room) go({ view: { kind: "room", name: room.name } });
}
