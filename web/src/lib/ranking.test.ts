import { describe, expect, it } from "vitest";
import { match } from "./ranking";

/** Sort names as they would be offered. */
function ranked(names: string[], written: string): string[] {
  return names
    .flatMap((name) => {
      const found = match(name, written);
      return found ? [{ name, score: found.score }] : [];
    })
    .sort((one, other) => other.score - one.score)
    .map(({ name }) => name);
}

describe("what somebody means", () => {
  it("is the name itself, then what begins so, then a word of it, then anything with it", () => {
    expect(ranked(["#green-tea", "#instead", "#tea", "#teapots", "#coffee"], "tea")).toEqual([
      "#tea",
      "#teapots",
      "#green-tea",
      "#instead",
    ]);
  });

  it("may be abbreviated", () => {
    expect(ranked(["#release-planning", "#random"], "rp")).toEqual(["#release-planning"]);
    expect(match("#lobby", "lby")?.score).toBeGreaterThan(0);
    expect(match("#an-extremely-long-room-name", "aome")).toBeUndefined();
    expect(match("#tea", "eat")).toBeUndefined();
  });

  it("does not depend on case and accents", () => {
    expect(match("@Zoë", "zoe")?.score).toBe(match("@zoe", "ZOË")?.score);
    expect(match("#café", "CAFE")?.spans).toEqual([[1, 5]]);
  });

  it("is marked where it stands, whatever letters there are", () => {
    expect(match("#green-tea", "tea")?.spans).toEqual([[7, 10]]);
    expect(match("#🍵tea", "tea")?.spans).toEqual([[3, 6]]);
    expect(match("#tea", "#t")?.spans).toEqual([[0, 2]]);
    expect(match("#release-planning", "rp")?.spans).toEqual([
      [1, 2],
      [9, 10],
    ]);
  });

  it("is everything where nothing was written", () => {
    expect(match("#tea", "  ")).toEqual({ score: 0, spans: [] });
  });
});
