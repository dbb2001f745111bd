/** Titles: what a room is called where its kind is shown beside it. */
import type { Room } from "./room";

/** Whether it is between people, and not about something. */
export function isConversation(room: Room): boolean {
  return room.kind === "direct" || room.isGroup;
}

/** What a room is called, without the mark of a room; a group, by those who are in it. */
export function titleOf(room: Room): string {
  const name = room.name.slice(1);
  return room.isGroup ? name.replaceAll("+", ", ") : name;
}
