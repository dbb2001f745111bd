import { describe, expect, it } from "vitest";
import { unmark } from "./unmark";
import { veil } from "./veil";

/** What is shown of a text, and what of that is marked; `wanted` is what was found in it. */
function shown(text: string, wanted = ""): [text: string, found: string[]] {
  const letters = [...text];
  const size = [...wanted].length;
  const begin = letters.findIndex((_, at) => size > 0 && letters.slice(at, at + size).join("") === wanted);
  const unmarked = unmark(text, begin < 0 ? [] : [[begin, begin + size]]);
  return [unmarked.text, unmarked.spans.map(([from, to]) => [...unmarked.text].slice(from, to).join(""))];
}

describe("a text without its marks", () => {
  it.each([
    ["where the **good** kettle is", "where the good kettle is"],
    ["*one* _two_ ~~three~~ `four`", "one two three four"],
    ["[a page](https://example.org/a_b_c) and <https://example.org>", "a page and https://example.org"],
    ["> bitter\n> tea\n\nno", "bitter\ntea\n\nno"],
    ["- a spoon\n- a cup", "- a spoon\n- a cup"],
    ["```python\nx = 2 ** 3\n```", "\nx = 2 ** 3\n"],
    [String.raw`\*not\*`, "*not*"],
    ["2 * 3 * 4, a_b_c and a || b", "2 * 3 * 4, a_b_c and a || b"],
    ["🫖 **🍵**", "🫖 🍵"],
  ])("%j says %j", (text, said) => {
    expect(shown(text)[0]).toBe(said);
  });

  it("has what was found where it is then", () => {
    expect(shown("🫖 **good** *kettle*", "kettle")).toEqual(["🫖 good kettle", ["kettle"]]);
    expect(shown("the **good** kettle", "good** kettle")).toEqual(["the good** kettle", ["good** kettle"]]);
  });

  it("keeps the mark in which something was found", () => {
    const link = "[tea](https://kettle.example)";
    expect(shown(link, "kettle")).toEqual(["tea(https://kettle.example)", ["kettle"]]);
  });

  it("covers what is hidden", () => {
    expect(shown(veil("it was ||the **tea**||, and ||more"))[0]).toBe("it was ▒▒▒ ▒▒▒▒▒▒▒, and ||more");
  });
});
