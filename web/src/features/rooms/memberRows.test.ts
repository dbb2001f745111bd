import { expect, it } from "vitest";

import { keyOf, rowsOf, type ShownMember } from "./memberRows";

function shown(
  name: string,
  role: ShownMember["role"] = "member",
  kind: "here" | "gone" = "here",
): ShownMember {
  return { member: { name, away: null }, role, presence: { kind } };
}

const ALL = [
  shown("zoe"),
  shown("Ann"),
  shown("bob", "owner", "gone"),
  shown("cyd", "speaker"),
  shown("dan", "member", "gone"),
];

it("puts those who look after the room first, then who is here, then who is not, then who may come", () => {
  expect(rowsOf(ALL, ["eve"], "").map(keyOf)).toEqual([
    "title keepers",
    "member bob",
    "member cyd",
    "title here",
    "member Ann",
    "member zoe",
    "title gone",
    "member dan",
    "title invited",
    "invited eve",
  ]);
});

it("shows whom one looks for, and no title over nobody", () => {
  expect(rowsOf(ALL, ["eve"], " N").map(keyOf)).toEqual([
    "title here",
    "member Ann",
    "title gone",
    "member dan",
  ]);
});
