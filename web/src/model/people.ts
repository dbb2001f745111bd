/** People: whom one knows on a server, as far as it is known here. */
import type { Place } from "./place";
import { Room } from "./room";

/** How many of a room's last records are looked at for people. */
const SEEN = 200;

/** Return the names of those whom one has met in a room or a conversation, by name, oneself left out. */
export function peopleIn(place: Place): readonly string[] {
  const names = new Set([...place.rooms.values()].flatMap(peopleOf));
  names.delete(place.you.name);
  return [...names].sort((one, other) => one.localeCompare(other));
}

function peopleOf(room: Room): readonly string[] {
  if (room.kind === "direct") return [room.name.slice(1)];
  // Who has come since is in nobody's list yet, but was seen coming, or heard.
  const seen = room.timeline.records.slice(-SEEN).map((record) => record.event.name);
  return [...room.someMembers, ...(room.members ?? []), ...seen];
}

const begun = new WeakMap<Place, Map<string, Room>>();

/**
 * Return the conversation with somebody, by its name (`@bob`). Before anybody has said something in it, it is a room that
 * the server does not know: it looks like one in which nothing was said, and gives way to the real one.
 */
export function conversation(place: Place, name: string): Room {
  const known = place.find(name);
  if (known) return known;
  const rooms = begun.get(place) ?? new Map<string, Room>();
  begun.set(place, rooms);
  const room = rooms.get(name) ?? new Room({ id: -1 - rooms.size, name, kind: "direct", seq: 0 });
  rooms.set(name, room);
  return room;
}
