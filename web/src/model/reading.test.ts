import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HubEvent, HubRecord, Request } from "../wire/kinds";
import type { Connection } from "./connection";
import { Reading } from "./reading";
import { RefusedError } from "./refusals";
import { Room } from "./room";

function record(seq: number): HubRecord {
  const event = { type: "said", author: "p2", name: "bob", text: `text ${seq}` } as HubEvent;
  return { room: 4, seq, time_ms: 1_000 * seq, event };
}

/** A room of `head` messages, of which the last three are known, and who answers about it. */
function open(head: number) {
  const asked: Request[] = [];
  const room = new Room({
    id: 4,
    name: "#tea",
    kind: "channel",
    seq: head,
    recent: [head - 2, head - 1, head].map(record),
  });
  const pageOf = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => record(from + place));
  const answer = (request: Request) => {
    asked.push(request);
    if (request.type !== "find_history") return { type: "done" };
    const { before, after, around } = request;
    if (around != null) return { records: pageOf(Math.max(1, around - 5), Math.min(head, around + 5)) };
    if (after != null) return { records: pageOf(after + 1, Math.min(head, after + 10)) };
    return { records: pageOf(Math.max(1, (before ?? head + 1) - 10), (before ?? head + 1) - 1) };
  };
  const connection = {
    status: { kind: "online" },
    isSettled: true,
    place: { you: { id: "p1", name: "ann" }, rooms: new Map([[room.id, room]]) },
    query: async (request: Request) => answer(request),
    ask: async (request: Request) => answer(request),
  };
  return { room, reading: new Reading(connection as unknown as Connection), asked, connection };
}

const seqs = (room: Room) => room.shown.records.map(({ seq }) => seq);

describe("what is left unread", () => {
  it("stays so while one looks on, until one goes on", async () => {
    vi.useFakeTimers();
    const { room, reading, asked } = open(25);
    reading.readAlong(room, 25);
    await reading.leaveUnread(room, 23);
    vi.runAllTimers();
    expect(asked).toEqual([]);
    reading.readAlong(room, 25);
    expect(room.unread.count).toBe(2);
    reading.goOn(room);
    reading.readAlong(room, 25);
    expect(room.unread.count).toBe(0);
    await reading.leaveUnread(room, 24);
    reading.markRead(room, 25);
    reading.readAlong(room, 25);
    expect(room.unread.count).toBe(0);
    vi.useRealTimers();
  });
});

describe("going to a room", () => {
  it("has been prepared once, and what is on its way is not asked for again", async () => {
    const { room, reading, asked } = open(25);
    const coming = reading.prepare(room);
    await Promise.all([coming, reading.loadOlder(room)]);
    expect(asked).toHaveLength(1);
    expect(seqs(room)[0]).toBe(16);
    await reading.prepare(room);
    expect(asked).toHaveLength(1);
  });

  it("is prepared one room at a time, and then the one that was meant last", async () => {
    const { room, reading, asked, connection } = open(25);
    const [pond, lake] = ["#pond", "#lake"].map(
      (name, place) => new Room({ id: 5 + place, name, kind: "channel", seq: 0, recent: [] }),
    ) as [Room, Room];
    const answer = connection.query;
    const gate = Promise.withResolvers<void>();
    const hasAsked = Promise.withResolvers<void>();
    connection.query = async (request) => {
      hasAsked.resolve();
      await gate.promise;
      return answer(request);
    };
    const all = [reading.prepare(room)];
    await hasAsked.promise;
    all.push(reading.prepare(pond), reading.prepare(lake));
    gate.resolve();
    await Promise.all(all);
    expect(asked.map((request) => "room" in request && request.room)).toEqual(["#tea", "#lake"]);
  });

  it("is not, where there is no connection, or one looks at its past", async () => {
    const { room, reading, asked, connection } = open(60);
    connection.isSettled = false;
    await reading.prepare(room);
    connection.isSettled = true;
    await reading.loadAround(room, 20);
    asked.length = 0;
    await reading.prepare(room);
    expect(asked).toEqual([]);
  });

  it("tells of no refusal before one is there", async () => {
    const { room, reading, connection } = open(25);
    connection.query = async () => {
      throw new RefusedError({ type: "refused", code: "too_fast", message: "Wait." } as never);
    };
    await reading.prepare(room);
    await expect(reading.loadOlder(room)).rejects.toBeInstanceOf(RefusedError);
  });
});

describe("reading back", () => {
  it("fills in what happened between the messages, then brings what was before, to the beginning", async () => {
    const { room, reading } = open(25);
    await reading.loadOlder(room);
    expect(seqs(room)[0]).toBe(16);
    await reading.loadOlder(room);
    await reading.loadOlder(room);
    expect(seqs(room)).toHaveLength(25);
    await reading.loadOlder(room);
    expect(room.shown.reachesStart).toBe(true);
  });

  it("shows a place in the past beside the present, and joins them where they meet", async () => {
    const { room, reading } = open(60);
    expect(await reading.loadAround(room, 20)).toBe(true);
    expect(seqs(room)).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
    room.apply(record(61), "p1");
    expect(room.shown.last?.seq).toBe(25);
    expect(room.timeline.last?.seq).toBe(61);
    while (room.past !== undefined) await reading.loadNewer(room);
    expect(seqs(room)).toEqual(Array.from({ length: 47 }, (_, place) => 15 + place));
  });

  it("goes nowhere for a message that is here already", async () => {
    const { room, reading, asked } = open(60);
    expect(await reading.loadAround(room, 59)).toBe(true);
    expect(asked).toEqual([]);
  });
});

describe("how far one has read", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is known at once, and told once a second at most, with the last", async () => {
    const { room, reading, asked } = open(10);
    for (let seq = 11; seq <= 20; seq += 1) {
      room.apply(record(seq), "p1");
      reading.markRead(room, seq);
      expect(room.unread.count).toBe(0);
    }
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual([{ type: "mark_read", room: "#tea", seq: 20 }]);
    room.apply(record(21), "p1");
    reading.markRead(room, 21);
    room.apply(record(22), "p1");
    reading.markRead(room, 22);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked.slice(1)).toEqual([{ type: "mark_read", room: "#tea", seq: 22 }]);
  });

  it("is told at once where the page may be closed", async () => {
    const { room, reading, asked } = open(10);
    for (let seq = 11; seq <= 12; seq += 1) {
      room.apply(record(seq), "p1");
      reading.markRead(room, seq);
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(asked).toHaveLength(1);
    reading.flush();
    expect(asked.slice(1)).toEqual([{ type: "mark_read", room: "#tea", seq: 12 }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(2);
  });
});
