import type { Room } from "../../model/room";

/** What stands beside the room where something is looked for in it: the rest of what is looked for is still to be typed. */
export function searchSide(room: Room): string {
  return room.name === "" ? "search" : `search/in:${room.name} `;
}
