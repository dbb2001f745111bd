/** The teller: shows what was said as notifications of the system, one for each room, and takes them away again. */

import { go } from "../../lib/history";
import { hush } from "../../lib/markdown/veil";
import { isWorthTelling, noticesOf } from "../../model/notices";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { HubRecord } from "../../wire/kinds";
import { words } from "../../words/words";
import { beep } from "./beep";

/** Longest text that is shown, in characters; systems cut it anyway. */
const MOST = 180;

/** What is older than this was not said just now: it is brought after a break, and counted, not told. */
const FRESH_MS = 60_000;

export class Teller {
  readonly #server: Server;
  readonly #shown = new Map<number, { notification: Notification; count: number }>();
  readonly #stop: readonly (() => void)[];

  constructor(server: Server) {
    this.#server = server;
    const { place } = server.connection;
    this.#stop = [
      place.onRecord((room, record) => this.#hear(room, record)),
      place.subscribe(() => this.#clear()),
    ];
  }

  close(): void {
    for (const stop of this.#stop) stop();
    for (const { notification } of this.#shown.values()) notification.close();
  }

  #hear(room: Room, record: HubRecord): void {
    const { connection, levels } = this.#server;
    const { place } = connection;
    const notices = noticesOf(this.#server.key);
    const level = levels.levelOf(room);
    const isFresh = !place.isCatchingUp && place.nowMs() - record.time_ms < FRESH_MS;
    if (!notices.kept.isOn || !isFresh || !isWorthTelling(record, level, place.you.id)) return;
    // Whoever is away, or reads it already, need not be told.
    if (place.away.has(place.you.name) || isBeingRead(room)) return;
    this.#show(room, record);
    if (notices.kept.hasSound) beep();
  }

  #show(room: Room, { event }: HubRecord): void {
    if (globalThis.Notification?.permission !== "granted") return;
    const count = (this.#shown.get(room.id)?.count ?? 0) + 1;
    const told = words().notifications;
    const text = "text" in event && event.text ? hush(event.text).slice(0, MOST) : told.file;
    const notification = notify(count > 1 ? told.several(room.name, count) : room.name, {
      body: room.kind === "direct" ? text : `${event.name}: ${text}`,
      // One for each room: the next takes its place without another sound.
      tag: `hubbub ${this.#server.key} ${room.id}`,
      icon: "/icon-192.png",
      silent: true,
    });
    if (notification === undefined) return;
    notification.onclick = () => {
      window.focus();
      go({ view: { kind: "room", name: room.name }, server: this.#server.key });
      notification.close();
    };
    this.#shown.set(room.id, { notification, count });
  }

  /** What was read, here or elsewhere, need not be told any more. */
  #clear(): void {
    const { rooms } = this.#server.connection.place;
    for (const [id, { notification }] of this.#shown) {
      if ((rooms.get(id)?.unread.count ?? 0) > 0) continue;
      notification.close();
      this.#shown.delete(id);
    }
  }
}

function notify(title: string, options: NotificationOptions): Notification | undefined {
  try {
    return new Notification(title, options);
  } catch {
    // Phones show notifications of service workers only. The title and the icon count there as well.
    return undefined;
  }
}

function isBeingRead(room: Room): boolean {
  const isSeen = document.visibilityState === "visible" && document.hasFocus();
  return isSeen && document.getElementById("room")?.dataset.room === String(room.id);
}
