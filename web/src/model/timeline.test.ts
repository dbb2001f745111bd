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
