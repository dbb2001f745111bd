/** The directory: all rooms that one may know of, fetched page by page. */

import type { AnswerOf } from "../wire/kinds";
import type { Connection } from "./connection";

export type Listed = AnswerOf<"room_list">["rooms"][number];

/** Fetch all of them, those with most members first. Rejects with `RefusedError` or `DisconnectedError`. */
export async function listRooms(connection: Connection): Promise<readonly Listed[]> {
  const found = new Map<string, Listed>();
  for (let more = 1, skip = 0; more > 0; ) {
    const page = await connection.query({ type: "list_rooms", skip }, "room_list");
    // They may change their order between two pages.
    for (const room of page.rooms) found.set(room.name, room);
    skip += page.rooms.length;
    more = page.rooms.length > 0 ? (page.more ?? 0) : 0;
  }
  return [...found.values()];
}

/** Those that are called so, before those that are about it. */
export function filterRooms(rooms: readonly Listed[], text: string): readonly Listed[] {
  const wanted = text.trim().replace(/^#/, "").toLocaleLowerCase();
  if (wanted === "") return rooms;
  const named = rooms.filter((room) => room.name.toLocaleLowerCase().includes(wanted));
  const about = rooms.filter(
    (room) => !named.includes(room) && room.topic.toLocaleLowerCase().includes(wanted),
  );
  return [...named, ...about];
}
