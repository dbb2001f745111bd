import { describe, expect, it } from "vitest";
import type { HubEvent, HubRecord } from "../wire/kinds";
import { KEPT, Timeline } from "./timeline";

function record(seq: number, event: Partial<HubEvent> = {}): HubRecord {
  return {
    room: 4,
    seq,
    time_ms: 1_000 * seq,
    event: { type: "said", author: "p1", name: "ann", text: `text ${seq}`, ...event } as HubEvent,
  };
}

const seqs = (timeline: Timeline) => timeline.records.map(({ seq }) => seq);

describe("a timeline", () => {
  it("takes what is new once, and in order", () => {
    const timeline = new Timeline([record(1)]);
    for (const seq of [2, 2, 1, 3]) timeline.apply(record(seq));
    expect(seqs(timeline)).toEqual([1, 2, 3]);
  });

  it("is another list when something was added, and the same until then", () => {
    const timeline = new Timeline([record(1)]);
    const before = timeline.records;
    timeline.apply(record(2));
    timeline.apply(record(3));
    expect([timeline.first?.seq, timeline.last?.seq]).toEqual([1, 3]);
    expect([timeline.find(3)?.seq, timeline.indexOf(2)]).toEqual([3, 1]);
    const { records } = timeline;
    expect(records).not.toBe(before);
    expect(before).toHaveLength(1);
    expect(timeline.records).toBe(records);
  });

  it("revises, cuts and joins what was added just now as well", () => {
    const timeline = new Timeline([]);
    timeline.apply(record(2));
    expect(timeline.first?.seq).toBe(2);
    timeline.apply(record(3, { type: "edited", message: 2, text: "other" }));
    expect(timeline.find(2)?.event).toMatchObject({ text: "other" });
    timeline.apply(record(4));
    timeline.prepend([record(1)]);
    timeline.apply(record(5));
    timeline.cutStart(3);
    expect(seqs(timeline)).toEqual([3, 4, 5]);
    timeline.apply(record(6));
    timeline.merge([record(1), record(2)]);
    timeline.apply(record(7));
    timeline.cutEnd(6);
    expect(seqs(timeline)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("shows what a message says now, and keeps what it said", () => {
    const timeline = new Timeline([record(1)]);
    timeline.apply(record(2, { type: "edited", message: 1, text: "other" }));
    const message = timeline.find(1);
    expect(message?.event).toMatchObject({ text: "other" });
    expect(message?.note?.versions).toEqual([{ text: "text 1", time_ms: 1_000 }]);
  });

  it("makes room for an older page that overlaps, and knows the beginning", () => {
    const timeline = new Timeline([record(5), record(6)]);
    timeline.prepend([record(3), record(4), record(5)]);
    expect(seqs(timeline)).toEqual([3, 4, 5, 6]);
    expect(timeline.reachesStart).toBe(false);
    timeline.prepend([]);
    expect(timeline.reachesStart).toBe(true);
  });

  it("adds nothing new to a place in the past", () => {
    const timeline = new Timeline([record(1)], false, false);
    timeline.apply(record(9));
    expect(seqs(timeline)).toEqual([1]);
  });

  it("forgets the oldest of a loud room, but not while somebody reads back", () => {
    const timeline = new Timeline([]);
    timeline.hold(true);
    for (let seq = 1; seq <= 3 * KEPT; seq += 1) timeline.apply(record(seq));
    expect(timeline.records).toHaveLength(3 * KEPT);
    timeline.hold(false);
    expect(timeline.records).toHaveLength(KEPT);
    expect(timeline.last?.seq).toBe(3 * KEPT);
    expect(timeline.reachesStart).toBe(false);
  });

  it("takes in a page that lies among what is here", () => {
    const timeline = new Timeline([record(2), record(5)]);
    timeline.merge([record(1), record(2), record(3), record(6)]);
    expect(seqs(timeline)).toEqual([1, 2, 3, 5, 6]);
  });
});
