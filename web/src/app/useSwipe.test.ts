import { describe, expect, it } from "vitest";
import { directionOf } from "./useSwipe";

describe("a finger", () => {
  it.each([
    [100, 0, false, "back"],
    [-100, 20, false, "forth"],
    [100, 0, true, "forth"],
    [-100, 0, true, "back"],
    [40, 0, false, undefined],
    [100, 80, false, undefined],
    [0, 300, false, undefined],
  ] as const)(
    "that went %i to the right and %i down (right to left: %s) means %s",
    (right, down, isRtl, is) => {
      expect(directionOf(right, down, isRtl)).toBe(is);
    },
  );
});
