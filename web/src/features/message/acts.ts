/** Acts: what is done with a message at once, and what is needed for that. Each tells what went wrong. */
import { tellError } from "../../lib/toasts";
import type { Server } from "../../model/server";
import { type HubRecord, messageId, type Request } from "../../wire/kinds";
import { noteReaction } from "./favourites";

/** Ask for something; returns whether it was done. */
export async function act(server: Server, request: Request): Promise<boolean> {
  try {
    await server.connection.ask(request);
    return true;
  } catch (error) {
    tellError(error);
    return false;
  }
}

/** Put a reaction under a message, or take it back if it is there. */
export async function toggleReaction(server: Server, record: HubRecord, reaction: string): Promise<void> {
  const isThere = server.connection.place.you.id in (record.note?.reactions?.[reaction] ?? {});
  if (!isThere) noteReaction(reaction);
  await act(server, { type: isThere ? "unreact" : "react", message: messageId(record), reaction });
}
