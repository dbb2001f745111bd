import { describe, expect, it } from "vitest";
import { excerptOf } from "./excerpt";

/** What is marked of a text. */
function marked(text: string, spans: [number, number][]): string[] {
  const excerpt = excerptOf(text, spans);
  return excerpt.spans.map(([begin, end]) => excerpt.text.slice(begin, end));
}

describe("an excerpt", () => {
  it("is the whole of a short text, in one line", () => {
    expect(excerptOf("hot\ntea", [[4, 7]])).toEqual({ text: "hot tea", spans: [[4, 7]] });
  });

  it("marks the same characters as the server, whatever they take here", () => {
    expect(
      marked("🍵🍵 tea 🍵 tea", [
        [3, 6],
        [9, 12],
      ]),
    ).toEqual(["tea", "tea"]);
  });

  it("stands around the first hit of a long one, and begins with a word", () => {
    const long = `${"milk ".repeat(100)}tea ${"sugar ".repeat(100)}`;
    const { text } = excerptOf(long, [[500, 503]]);
    expect(text).toMatch(/^… milk .*tea sugar.* …$/);
    expect(text.length).toBeLessThan(300);
    expect(
      marked(long, [
        [500, 503],
        [900, 905],
      ]),
    ).toEqual(["tea"]);
  });

  it("cuts a word without an end as well", () => {
    const { text, spans } = excerptOf("x".repeat(10_000), [[5_000, 5_003]]);
    expect(text.length).toBeLessThan(300);
    expect(spans).toHaveLength(1);
  });
});
