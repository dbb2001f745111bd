import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Place } from "../model/place";
import { Room } from "../model/room";
import { Timeline } from "../model/timeline";
import type { HubRecord } from "../wire/kinds";
import { readAlong, SEEN } from "./readingAlong";

const [TEA, DEN] = [4, 5];

/** Somebody who looks at a room of two that he is in. */
function look() {
  const place = new Place();
  const [room, other] = [TEA, DEN].map((id) => new Room({ id, name: `#r${id}`, kind: "channel", seq: 0 }));
  if (room === undefined || other === undefined) throw new Error("there are two");
  for (const one of [room, other]) place.rooms.set(one.id, one);
  const read: number[][] = [];
  const stop = readAlong(place, room, (records) => void read.push(records.map(({ seq }) => seq)));
  const hear = (seq: number, id = TEA) => {
    const event = { type: "said", author: "p2", name: "bob", text: `text ${seq}` } as HubRecord["event"];
    place.hear({ type: "record", room: id, seq, time_ms: seq, event });
  };
  return { room, read, stop, hear };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { visibilityState: "visible" });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("reads what has come, together and once", () => {
  const { read, hear } = look();
  hear(1);
  hear(2);
  expect(read).toEqual([]);
  vi.runAllTimers();
  hear(3);
  vi.runAllTimers();
  expect(read).toEqual([[1, 2], [3]]);
});

it("reads the last of many", () => {
  const { read, hear } = look();
  for (let seq = 1; seq <= SEEN + 3; seq += 1) hear(seq);
  vi.runAllTimers();
  expect(read.map((seqs) => [seqs[0], seqs.length])).toEqual([[4, SEEN]]);
});

it("reads nothing that is not about to be drawn", () => {
  const { room, read, stop, hear } = look();
  hear(1, DEN);
  vi.stubGlobal("document", { visibilityState: "hidden" });
  hear(1);
  vi.stubGlobal("document", { visibilityState: "visible" });
  room.show(new Timeline([], false, false));
  hear(2);
  room.show(undefined);
  hear(3);
  stop();
  hear(4);
  vi.runAllTimers();
  expect(read).toEqual([]);
});
