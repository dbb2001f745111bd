import { expect, it } from "vitest";

import { filterRooms, type Listed } from "./directory";

const room = (name: string, topic = ""): Listed => ({ name, topic, member_count: 1, joined: false });
const ROOMS = [room("#coffee", "no Tea here"), room("#Teas"), room("#milk")];

it.each([
  ["", ["#coffee", "#Teas", "#milk"]],
  ["#tea ", ["#Teas", "#coffee"]],
  ["x", []],
])("finds by %j", (text, names) => {
  expect(filterRooms(ROOMS, text).map((one) => one.name)).toEqual(names);
});
