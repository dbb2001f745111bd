/** Preparing: what whoever goes to a room has to wait for is done while he is about to. */
import { readAhead } from "../features/message/tree";
import type { Room } from "../model/room";
import type { Server } from "../model/server";

/** As many messages as one sees of a room at first, and some more. */
const SEEN = 32;

export async function prepare(server: Server, room: Room): Promise<void> {
  await server.reading.prepare(room);
  readAhead(room.shown.records.slice(-SEEN));
}
