import { expect, it } from "vitest";

import type { Shelf } from "./accounts";
import { Habits } from "./habits";

function shelf(): Shelf {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text) };
}

it("keeps what stands on top, and in which order", () => {
  const place = shelf();
  const habits = new Habits(place, "");
  for (const room of [1, 2, 3]) habits.pin(room, true);
  habits.move(3, -1);
  habits.move(1, -1);
  habits.pin(2, false);
  expect(new Habits(place, "").pinned).toEqual([1, 3]);
  expect(new Habits(place, "other").pinned).toEqual([]);
});

it("keeps what is folded", () => {
  const place = shelf();
  new Habits(place, "").fold("people", true);
  expect(new Habits(place, "").isFolded("people")).toBe(true);
});

it.each(["x", "null", "[]", '{"pinned":1,"folded":[2]}'])(
  "begins anew where it makes no sense: %s",
  (text) => {
    const habits = new Habits({ getItem: () => text, setItem: () => undefined }, "");
    expect(habits.pinned).toEqual([]);
    expect(habits.isFolded("2")).toBe(false);
  },
);
