import { expect, it } from "vitest";

import { Room } from "../../model/room";
import { titleOf } from "../../model/titles";
import type { RoomState } from "../../wire/kinds";
import { sectionsOf } from "./order";

function room(id: number, name: string, more: Partial<RoomState> = {}): Room {
  return new Room({ id, name, kind: name.startsWith("@") ? "direct" : "channel", seq: 1, ...more });
}

const ROOMS = [
  room(1, "#tea10"),
  room(2, "#Tea2"),
  room(3, "@bob"),
  room(4, "#ann+bob", { is_group: true }),
  room(5, "#lobby"),
  new Room({ id: 6, name: "", kind: "house", seq: 1 }),
];

it("is by name, with numbers as numbers, and conversations apart", () => {
  const { pinned, rooms, people } = sectionsOf(ROOMS, [], "en");
  expect(pinned).toEqual([]);
  expect(rooms.map((one) => one.name)).toEqual(["#lobby", "#Tea2", "#tea10"]);
  expect(people.map((one) => one.name)).toEqual(["#ann+bob", "@bob"]);
});

it("begins with what is pinned, in the order that somebody gave it", () => {
  const { pinned, rooms, people } = sectionsOf(ROOMS, [3, 99, 1], "en");
  expect(pinned.map((one) => one.name)).toEqual(["@bob", "#tea10"]);
  expect(rooms.map((one) => one.id)).toEqual([5, 2]);
  expect(people.map((one) => one.id)).toEqual([4]);
});

it("calls a group by who is in it", () => {
  expect(titleOf(room(4, "#ann+bob", { is_group: true }))).toBe("ann, bob");
  expect(titleOf(room(1, "#c++"))).toBe("c++");
});
