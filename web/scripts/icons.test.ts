// @vitest-environment node
import { describe, expect, it } from "vitest";
import { pathOf } from "./icons.ts";

describe("an icon as one path", () => {
  it.each([
    ["line", { x1: "4", x2: "20", y1: "9", y2: "9" }, "M4 9L20 9"],
    ["circle", { cx: "12", cy: "12", r: "10" }, "M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0"],
    ["rect", { x: "3", y: "4", width: "6", height: "2" }, "M3 4h6v2h-6v-2z"],
    ["polyline", { points: "4 9 8 5" }, "M4 9 8 5"],
    ["path", { d: "M4 9h2", key: "abc" }, "M4 9h2"],
  ])("draws a %s", (tag, attributes, path) => {
    expect(pathOf(tag, attributes)).toBe(path);
  });

  it("begins where the shape begins, not where the one before it has ended", () => {
    expect(pathOf("path", { d: "m3-.5 4 4" })).toBe("M3 -.5l4 4");
    expect(pathOf("path", { d: "m12 5 .01.02h4" })).toBe("M12 5l.01.02h4");
    expect(pathOf("path", { d: "m5 12h14" })).toBe("M5 12h14");
  });

  it("knows what it cannot draw", () => {
    expect(pathOf("path", { d: "M4 9h2", fill: "currentColor" })).toBeUndefined();
    expect(pathOf("path", { d: "M4 9h2", transform: "scale(2)" })).toBeUndefined();
    expect(pathOf("text", {})).toBeUndefined();
    expect(pathOf("circle", { cx: "1", cy: "1", r: ".5", fill: "currentColor" })).toMatch(/^M0.5 1a/);
  });
});
