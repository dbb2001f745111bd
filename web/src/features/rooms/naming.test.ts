import { expect, it } from "vitest";

import { asRoomName, parseNames } from "./naming";

it.each([
  ["tea", "#tea"],
  [" #Tea ", "#Tea"],
  ["", "#"],
])("makes a room's name of %j", (text, name) => {
  expect(asRoomName(text)).toBe(name);
});

it.each([
  ["", []],
  [" ann, @bob;cyd\nann ", ["ann", "bob", "cyd"]],
])("reads names in %j", (text, names) => {
  expect(parseNames(text)).toEqual(names);
});
