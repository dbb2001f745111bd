/** A server that the page speaks to: the connection, and what one does there. */
import { Connection, type Credentials } from "./connection";
import { Desks } from "./desk";
import type { Room } from "./room";
import { Timeline } from "./timeline";

/** Messages in a page of history. */
export const PAGE = 100;

export class Server {
  /** `HOST:PORT`, as it stands in addresses; empty for the one that the page comes from. */
  readonly host: string;
  readonly connection: Connection;
  readonly desks = new Desks();

  constructor(host: string, url: string) {
    this.host = host;
    this.connection = new Connection(url);
  }

  enter(credentials: Credentials): void {
    this.connection.enter(credentials);
  }

  /** Bring an older page of a room. */
  async loadOlder(room: Room): Promise<void> {
    const { timeline } = room;
    const before = timeline.first?.seq ?? room.seq + 1;
    const page = await this.connection.query(
      { type: "find_history", room: room.name, limit: PAGE, before },
      "history",
    );
    if (room.timeline !== timeline) return;
    timeline.prepend(page.records);
    room.show(timeline);
  }

  /** Show a room around one of its messages. */
  async loadAround(room: Room, seq: number): Promise<void> {
    if (room.timeline.indexOf(seq) >= 0) return;
    const page = await this.connection.query(
      { type: "find_history", room: room.name, limit: PAGE, around: seq },
      "history",
    );
    const reachesEnd = (page.records.at(-1)?.seq ?? 0) >= room.seq;
    room.show(new Timeline(page.records, false, reachesEnd));
  }
}
