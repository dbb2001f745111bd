/** Preparing: what whoever goes to a room has to wait for is done while he is about to. */
import { readAhead } from "../features/message/tree";
import { knownCharterOf } from "../model/charter";
import type { Room } from "../model/room";
import type { Server } from "../model/server";
import type { HubRecord } from "../wire/kinds";
import { SEEN } from "./readingAlong";

/** Prepare the room of that name, if one is in it. */
export async function prepare(server: Server, name: string): Promise<void> {
  const room = server.connection.place.find(name);
  if (room === undefined) return;
  await server.reading.prepare(room);
  readMarks(server, room, room.shown.records.slice(-SEEN));
}

/** Read the marks of messages of a room that are about to be drawn, where there are any. */
export function readMarks({ connection }: Server, room: Room, records: readonly HubRecord[]): void {
  if (!knownCharterOf(connection, room)?.isPlain) readAhead(records);
}
