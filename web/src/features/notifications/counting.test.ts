import { describe, expect, it } from "vitest";
import { Room } from "../../model/room";
import { loudnessOf, titleOf } from "./counting";

function room(id: number, name: string, count: number, mentions = 0): Room {
  const made = new Room({ id, name, kind: name.startsWith("@") ? "direct" : "channel", seq: 0 });
  made.unread = { count, mentions, isMore: false, mark: 0, first: 0 };
  return made;
}

describe("what the title counts", () => {
  it("are mentions, and everything in conversations", () => {
    const rooms = [room(1, "#tea", 9, 2), room(2, "@bob", 3), room(3, "#milk", 0)];
    expect(loudnessOf(rooms, () => false)).toEqual({ loud: 5, hasQuiet: true });
    expect(loudnessOf(rooms, () => true)).toEqual({ loud: 2, hasQuiet: false });
    expect(loudnessOf([], () => false)).toEqual({ loud: 0, hasQuiet: false });
  });

  it("stands before the room", () => {
    expect(titleOf("#tea", { loud: 3, hasQuiet: true }, "hubbub")).toBe("(3) #tea – hubbub");
    expect(titleOf("#tea", { loud: 0, hasQuiet: true }, "hubbub")).toBe("• #tea – hubbub");
    expect(titleOf("", { loud: 0, hasQuiet: false }, "hubbub")).toBe("hubbub");
  });
});
