import { describe, expect, it } from "vitest";

import { may, mayActOn, rankOf, rolesFor, type Standing } from "./ranks";

const as = (role: Standing["role"], serverRole = "member"): Standing => ({ role, serverRole });

describe("ranks", () => {
  it("put the server's administrators above owners of rooms, and its owners above them", () => {
    const ranks = [as("speaker"), as("owner"), as("member", "administrator"), as("member", "owner")].map(
      rankOf,
    );
    expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
    expect(new Set(ranks).size).toBe(ranks.length);
  });

  it("say who may do what", () => {
    expect(may(as("assistant"), "kick")).toBe(true);
    expect(may(as("assistant"), "ban")).toBe(false);
    expect(may(as("member", "administrator"), "rename")).toBe(true);
  });

  it("let nobody act on his equals", () => {
    expect(mayActOn(as("moderator"), "ban", as("moderator"))).toBe(false);
    expect(mayActOn(as("moderator"), "ban", as("assistant"))).toBe(true);
  });
});

describe("what somebody may make of another", () => {
  it("is a speaker, for an assistant", () => {
    expect(rolesFor(as("assistant"), as("member"), true)).toEqual(["member", "speaker"]);
    expect(rolesFor(as("moderator"), as("assistant"), true)).toEqual([]);
  });

  it("is anything up to himself, for a deputy", () => {
    expect(rolesFor(as("deputy"), as("member"), true).at(-1)).toBe("deputy");
  });

  it("is no owner of a guest", () => {
    expect(rolesFor(as("owner"), as("member"), false).at(-1)).toBe("deputy");
    expect(rolesFor(as("owner"), as("member"), true).at(-1)).toBe("owner");
  });
});
