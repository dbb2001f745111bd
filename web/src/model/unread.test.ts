import { describe, expect, it } from "vitest";
import type { HubEvent, HubRecord } from "../wire/kinds";
import { makeRoom, makeWelcome } from "./fakeSocket";
import { Place } from "./place";
import { UNREAD_LIMIT, UnreadCounter } from "./unread";

function record(seq: number, event: Partial<HubEvent> = {}): HubRecord {
  const said = { type: "said", author: "p2", name: "bob", text: `text ${seq}`, ...event } as HubEvent;
  return { room: 4, seq, time_ms: 1_000 * seq, event: said };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe("what is unread", () => {
  it("is what others said since, but for what was deleted; edits may call", () => {
    const counter = new UnreadCounter([], 0);
    for (const seq of [1, 2, 3, 4]) counter.apply(record(seq));
    counter.apply(record(5, { author: "p1" }));
    counter.apply(record(6, { mentions: ["p1"] } as Partial<HubEvent>));
    counter.apply(record(7, { thread: 2 } as Partial<HubEvent>));
    counter.apply(record(8));
    counter.apply(record(9, { type: "deleted", message: 8, writer: "p2", writer_name: "bob" }));
    counter.apply(record(10, { type: "edited", message: 7, text: "ann!", mentions: ["p1"] }));
    expect(counter.count("p1")).toEqual({ count: 2, mentions: 2, isMore: false, mark: 5, first: 6 });
  });

  it("is read up to a mark, or unread again from there", () => {
    const counter = new UnreadCounter(
      range(1, 5).map((seq) => record(seq)),
      5,
    );
    expect(counter.count("p1").count).toBe(0);
    counter.mark(3, 5);
    expect(counter.count("p1")).toMatchObject({ count: 2, first: 4, mark: 3 });
    counter.mark(5, 5);
    expect(counter.count("p1").count).toBe(0);
  });

  it("is what the server told and what came since, where some of it is not known here", () => {
    const counter = new UnreadCounter([record(80), record(81)], 81);
    counter.tell({ unread: 40, mentions: 3, mark: 20, first: 21 }, 81);
    counter.apply(record(82, { calls_all: true } as Partial<HubEvent>));
    counter.apply(record(83, { type: "deleted", message: 30, writer: "p2", writer_name: "bob" }));
    expect(counter.count("p1")).toMatchObject({ count: 40, mentions: 4, mark: 20, first: 21 });
    counter.mark(79, 83);
    expect(counter.count("p1")).toMatchObject({ count: 3, mentions: 1, isMore: false });
  });

  it("is counted up to a limit", () => {
    const counter = new UnreadCounter([], 0);
    for (const seq of range(1, 5 * UNREAD_LIMIT)) counter.apply(record(seq));
    expect(counter.count("p1")).toMatchObject({ count: UNREAD_LIMIT, isMore: true });
    counter.mark(5 * UNREAD_LIMIT - 2, 5 * UNREAD_LIMIT);
    expect(counter.count("p1")).toMatchObject({ count: 2, isMore: false });
  });
});

describe("a place", () => {
  const you = { id: "p1", name: "ann", has_account: true };
  const view = { room: "#tea", id: 4, thread: 0, unread: 2, mentions: 1, mark: 3, first: 4 };

  it("counts what was missed once, whoever tells of it", () => {
    const place = new Place();
    place.welcome(makeWelcome({ you, rooms: [makeRoom({ seq: 3, recent: [record(3)] })] }), []);
    place.welcome(makeWelcome({ you, rooms: [makeRoom({ seq: 5 })], unread: [view] }), [4]);
    const call = { mentions: ["p1"] } as Partial<HubEvent>;
    for (const one of [record(4), record(5, call)]) place.hear({ type: "record", in: "#tea", ...one });
    place.hear({ type: "resumed", room: 4, seq: 5 });
    expect(place.find("#tea")?.unread).toMatchObject({ count: 2, mentions: 1, mark: 3 });
    place.hear({ type: "signal", signal: { type: "marking", room: "#tea", thread: 0, seq: 5 } });
    expect(place.find("#tea")?.unread).toMatchObject({ count: 0, mentions: 0, mark: 5 });
  });

  it("calls a conversation as the other is called, and threads count apart", () => {
    const place = new Place();
    const conversation = makeRoom({ id: 9, name: "@bob", kind: "direct", seq: 1 });
    place.welcome(
      makeWelcome({ you, rooms: [makeRoom(), conversation], unread: [{ ...view, thread: 1 }] }),
      [],
    );
    const tea = place.find("#tea");
    expect(tea?.threads.get(1)).toMatchObject({ count: 2, mentions: 1 });
    place.hear({ type: "signal", signal: { type: "idling", name: "bob", message: "tea" } });
    place.hear({
      type: "record",
      in: "#tea",
      ...record(2, { type: "renamed", name: "bob", new_name: "rob" }),
    });
    expect(place.find("@rob")?.id).toBe(9);
    expect(place.away.get("rob")).toBe("tea");
    tea?.markRead(2, "p1");
    expect(tea?.threads.get(1)?.count).toBe(0);
  });

  it("knows what time it is where the clock here is wrong by a day", () => {
    const place = new Place();
    place.welcome(makeWelcome({ rooms: [makeRoom()] }), []);
    const day = 86_400_000;
    place.hear({ type: "record", in: "#tea", ...record(2), time_ms: Date.now() + day });
    expect(Math.abs(place.nowMs() - Date.now() - day)).toBeLessThan(1_000);
  });
});
