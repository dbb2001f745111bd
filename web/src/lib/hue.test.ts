import { describe, expect, it } from "vitest";
import { initialsOf } from "./hue";

describe("initials", () => {
  it.each([
    ["ann", "A"],
    ["#the tea-room", "TT"],
    ["_bob.b", "BB"],
    ["e\u0301mile", "E\u0301"],
    ["กำ", "กำ"],
    ["👩‍👩‍👧 family", "👩‍👩‍👧F"],
    ["ß", "SS"],
    ["#", "?"],
  ])("of %s are %s", (name, initials) => expect(initialsOf(name)).toBe(initials));
});
