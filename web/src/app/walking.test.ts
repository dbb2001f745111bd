// @vitest-environment node
import { describe, expect, it, vi } from "vitest";
import { Room } from "../model/room";

vi.mock("../lib/history", () => ({ go: vi.fn() }));

const { loudest, nextOf } = await import("./walking");

function room(id: number, name: string, count = 0, mentions = 0): Room {
  const made = new Room({ id, name, kind: name.startsWith("@") ? "direct" : "channel", seq: 0 });
  made.unread = { count, mentions, isMore: false, mark: 0, first: 0 };
  return made;
}

describe("walking from room to room", () => {
  const [tea, milk, sugar] = [room(1, "#tea"), room(2, "#milk", 3), room(3, "#sugar")];
  const rooms = [tea, milk, sugar];

  it("goes round", () => {
    expect(nextOf(rooms, tea, 1)).toBe(milk);
    expect(nextOf(rooms, sugar, 1)).toBe(tea);
    expect(nextOf(rooms, tea, -1)).toBe(sugar);
    expect(nextOf(rooms, undefined, 1)).toBe(tea);
    expect(nextOf([tea], tea, 1)).toBeUndefined();
  });

  it("passes over what is read, where one wants that", () => {
    const isUnread = (one: Room) => one.unread.count > 0;
    expect(nextOf(rooms, sugar, 1, isUnread)).toBe(milk);
    expect(nextOf(rooms, milk, 1, isUnread)).toBeUndefined();
  });

  it("goes where one is called", () => {
    const [calling, talking] = [room(4, "#call", 9, 1), room(5, "@bob", 2)];
    expect(loudest([...rooms, calling, talking], tea)).toBe(talking);
    expect(loudest([...rooms, calling], tea)).toBe(calling);
    expect(loudest(rooms, tea)).toBe(milk);
    expect(loudest(rooms, milk)).toBeUndefined();
  });
});
