import { describe, expect, it } from "vitest";
import type { HubEvent, HubRecord } from "../../wire/kinds";
import { muteFinder } from "./muting";

function record(seq: number, type: "said" | "muted" | "unmuted", person = "p1"): HubRecord {
  const event = {
    type,
    author: "p9",
    name: "ann",
    text: "hello",
    person,
    person_name: "bob",
  } as unknown as HubEvent;
  return { room: 4, seq, time_ms: seq, event };
}

const said = (from: number, until: number) =>
  Array.from({ length: until - from + 1 }, (_, at) => record(from + at, "said"));

describe("whether one was muted", () => {
  it("is the last word on it", () => {
    const find = muteFinder("p1");
    expect(find([])).toBeUndefined();
    expect(find(said(1, 3))).toBeUndefined();
    const muted = record(4, "muted");
    expect(find([...said(1, 3), muted, ...said(5, 6)])).toBe(muted.event);
    expect(find([...said(1, 3), muted, ...said(5, 6), record(7, "muted", "p2")])).toBe(muted.event);
    expect(find([...said(1, 3), muted, ...said(5, 7), record(8, "unmuted")])).toBeUndefined();
  });

  it("stays known when the oldest are let go", () => {
    const find = muteFinder("p1");
    const muted = record(2, "muted");
    find([record(1, "said"), muted, ...said(3, 5)]);
    expect(find(said(4, 8))).toBe(muted.event);
  });

  it("is looked for again when more of the past has come", () => {
    const find = muteFinder("p1");
    expect(find(said(10, 12))).toBeUndefined();
    const muted = record(9, "muted");
    expect(find([...said(7, 8), muted, ...said(10, 12)])).toBe(muted.event);
  });

  it("is not known any more after something was missed", () => {
    const find = muteFinder("p1");
    find([record(1, "muted"), record(2, "said")]);
    expect(find(said(9, 10))).toBeUndefined();
  });
});
