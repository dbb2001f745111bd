import { describe, expect, it } from "vitest";
import { best, findToken } from "./completion";
import { type Change, link, toggle } from "./formatting";
import { isLongPaste, measure, tidy } from "./measuring";
import { orderPeople } from "./ordering";

describe("what is being written", () => {
  it.each([
    ["hi @bo", "person", "bo"],
    ["@", "person", ""],
    ["(@bo", "person", "bo"],
    ["see #tea", "room", "tea"],
    ["good :smi", "emoji", "smi"],
    ["/jo", "command", "jo"],
    ["/", "command", ""],
    ["/kick bo", "name", "bo"],
    ["/msg ann, bo", "name", "bo"],
    ["/ban @bo", "name", "bo"],
    ["/join #tea", "room", "tea"],
  ])("%s is a %s: %s", (text, kind, query) => {
    expect(findToken(text, text.length)).toMatchObject({ kind, query, end: text.length });
  });

  it.each([
    "ann@example.org",
    "at 10:30",
    "so :)",
    "well:",
    "`@bo",
    "```\n@bo",
    "x /jo",
    "/join tea",
    "/msg ann hel",
    "/kick bob, an",
    "https://x.org/#tea",
  ])("%s is nothing that could be completed", (text) => {
    expect(findToken(text, text.length)).toBeUndefined();
  });

  it("ends at the caret", () => {
    expect(findToken("hi @bo and more", 6)).toEqual({ kind: "person", query: "bo", start: 3, end: 6 });
    expect(findToken("`code` @bo", 10)?.query).toBe("bo");
  });
});

describe("suggestions", () => {
  it("begin with whoever spoke last, and end with oneself", () => {
    const people = orderPeople(["ann", "bob", "cat", "dan"], ["dan", "cat"], "cat");
    expect(people).toEqual(["dan", "ann", "bob", "cat"]);
  });

  it("begin with what begins so, without capitals and accents", () => {
    expect(best("an", ["bryan", "tea-ann", "Änne", "bob"], (name) => name)).toEqual([
      "Änne",
      "tea-ann",
      "bryan",
    ]);
  });
});

describe("a mark", () => {
  const apply = (text: string, { from, to, insert, start, end }: Change) => {
    const whole = text.slice(0, from) + insert + text.slice(to);
    return [whole, whole.slice(start, end)];
  };

  it("is put around what is selected, and taken away", () => {
    expect(apply("so good", toggle({ text: "so good", start: 3, end: 7 }, "strong"))).toEqual([
      "so **good**",
      "good",
    ]);
    expect(apply("so **good**", toggle({ text: "so **good**", start: 5, end: 9 }, "strong"))).toEqual([
      "so good",
      "good",
    ]);
    expect(apply("_so_", toggle({ text: "_so_", start: 0, end: 4 }, "emphasis"))).toEqual(["so", "so"]);
    expect(apply("", toggle({ text: "", start: 0, end: 0 }, "code"))).toEqual(["``", ""]);
  });

  it("around several lines of code stands on lines of its own", () => {
    const text = "see: a\nb";
    expect(apply(text, toggle({ text, start: 5, end: 8 }, "code"))).toEqual([
      "see: \n```\na\nb\n```",
      "a\nb",
    ]);
  });

  it("makes a link of words, and of nothing else", () => {
    const text = "read this";
    const selected = { text, start: 5, end: 9 };
    expect(link(selected, "https://x.org/a")).toMatchObject({ insert: "[this](https://x.org/a)" });
    expect(link(selected, "javascript:alert(1)")).toBeUndefined();
    expect(link(selected, "two words")).toBeUndefined();
    expect(link({ text, start: 5, end: 5 }, "https://x.org")).toBeUndefined();
  });
});

describe("how much a text is", () => {
  const limits = { message_bytes: 10, message_lines: 3 };

  it("is counted in bytes of UTF-8, and in lines", () => {
    expect(measure("äöü☕", limits)).toMatchObject({ bytes: 9, bytesLeft: 1, isNear: true, isOver: false });
    expect(measure("äöü☕ä", limits).isOver).toBe(true);
    expect(measure("a\nb\nc\nd", limits)).toMatchObject({ lines: 4, linesLeft: -1, isOver: true });
    expect(measure("a".repeat(99), { message_bytes: 0, message_lines: 0 }).isOver).toBe(false);
  });

  it("makes a pasted text one that may be a file", () => {
    expect(isLongPaste("a".repeat(11), limits)).toBe(true);
    expect(isLongPaste("a line of the log\n".repeat(150), undefined)).toBe(true);
    expect(isLongPaste("a".repeat(3_000), undefined)).toBe(false);
  });

  it("does not count the space around it", () => {
    expect(tidy("\n \n    code\n\n")).toBe("    code");
  });
});
