/** Preparing: what whoever goes to a room has to wait for is done while he is about to. */
import { readAhead } from "../features/message/tree";
import type { Server } from "../model/server";

/** As many messages as one sees of a room at first, and some more. */
const SEEN = 32;

/** Prepare the room of that name, if one is in it. */
export async function prepare(server: Server, name: string): Promise<void> {
  const room = server.connection.place.find(name);
  if (room === undefined) return;
  await server.reading.prepare(room);
  readAhead(room.shown.records.slice(-SEEN));
}
