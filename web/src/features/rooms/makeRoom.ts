/** Making a room: coming into one that is not there yet, and saying what holds there. */
import type { Connection } from "../../model/connection";
import { RefusedError } from "../../model/refusals";
import { lateWords } from "../../words/words";

export type Access = "public" | "private" | "announcement";

export interface NewRoom {
  readonly name: string;
  readonly topic: string;
  readonly access: Access;
  readonly key: string;
}

/** Make it. Rejects with `RefusedError`, also where there is such a room already, or with `DisconnectedError`. */
export async function makeRoom(connection: Connection, { name, topic, access, key }: NewRoom): Promise<void> {
  await requireFree(connection, name);
  await connection.ask({ type: "join", room: name });
  const change = { ...(access !== "public" && { access }), ...(key && { key }) };
  if (Object.keys(change).length > 0) await connection.ask({ type: "change_settings", room: name, change });
  if (topic) await connection.ask({ type: "set_topic", room: name, text: topic });
}

/** Joining would lead into a room that is there already, which is not what was wanted. */
async function requireFree(connection: Connection, name: string): Promise<void> {
  try {
    await connection.query({ type: "find_room", room: name }, "room_found");
  } catch (error) {
    if (error instanceof RefusedError && error.code === "no_such_room") return;
    throw error;
  }
  throw new RefusedError({ code: "name_taken", sentence: lateWords().making.exists(name) });
}
