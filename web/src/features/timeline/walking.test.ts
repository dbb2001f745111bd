import { describe, expect, it } from "vitest";
import type { Row } from "./rows";
import { walk } from "./walking";

const rows = ["beginning", "event", "message", "fold", "message"].map((kind) => ({ kind }) as Row);
const go = (key: string, active: number) => walk(key, rows, { active, first: 1, last: 3 });

describe("walking through the list", () => {
  it("leads from row to row, and past neither end", () => {
    expect(go("ArrowUp", 3)).toBe(2);
    expect(go("k", 1)).toBeUndefined();
    expect(go("j", 3)).toBe(4);
    expect(go("ArrowDown", 4)).toBeUndefined();
  });

  it("begins with what is seen last", () => {
    expect(go("ArrowUp", -1)).toBe(3);
  });

  it("leads to the ends, and a page further", () => {
    expect(go("Home", 3)).toBe(1);
    expect(go("End", 1)).toBe(4);
    expect(go("PageUp", 4)).toBe(2);
    expect(go("PageDown", 1)).toBe(3);
    expect(go("x", 1)).toBeUndefined();
  });
});
