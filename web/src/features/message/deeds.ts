/** Deeds: what else is done with a message, from its menu. Each tells what went wrong, if something did. */
import { copyAndTell } from "../../lib/copy";
import { currentRoute } from "../../lib/history";
import { writeRoute } from "../../lib/routes";
import { tellError } from "../../lib/toasts";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { type HubRecord, messageId } from "../../wire/kinds";
import { lateWords } from "../../words/words";
import { act } from "./acts";

export async function togglePin(server: Server, room: Room, record: HubRecord): Promise<void> {
  const isPinned = room.pins?.includes(record.seq) ?? false;
  await act(server, { type: isPinned ? "unpin_message" : "pin_message", message: messageId(record) });
}

/** Learn which messages are pinned, if that is not known; without telling anybody where it cannot be known. */
export async function learnPins(server: Server, room: Room): Promise<void> {
  if (room.pins !== undefined || server.connection.status.kind !== "online") return;
  const found = await server.connection
    .query({ type: "list_pins", room: room.name }, "pin_list")
    .catch(() => undefined);
  if (found) room.keepPins(found.pins.map((pin) => pin.record.seq));
}

export async function toggleFollowing(server: Server, room: Room, thread: number): Promise<void> {
  const isFollowing = !room.threads.has(thread);
  const message = `${room.id}-${thread}`;
  if (await act(server, { type: "follow_thread", message, is_following: isFollowing }))
    room.follow(thread, isFollowing);
}

/** Let everything from a message on be unread again. */
export async function markUnread(server: Server, room: Room, record: HubRecord): Promise<void> {
  await server.reading.leaveUnread(room, record.seq - 1).catch(tellError);
}

export function copyMessage(text: string): void {
  void copyAndTell(text, lateWords().deeds.copied);
}

/** Copy an address that leads to a message. */
export function copyLink(server: Server, record: HubRecord): void {
  const view = { kind: "message", id: messageId(record) } as const;
  const route = { ...currentRoute(), view, side: "", dialog: "", server: server.key };
  copyMessage(new URL(writeRoute(route), location.href).href);
}
