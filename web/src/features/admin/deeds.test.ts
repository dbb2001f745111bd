import { describe, expect, it } from "vitest";
import { deedsFor } from "./deeds";
import type { Account } from "./useAccounts";

const bob: Account = {
  name: "bob",
  role: "member",
  opened_ms: 1,
  is_disabled: false,
  is_present: true,
  away: null,
  last_seen_ms: null,
};

describe("what may be done with somebody", () => {
  it("is what an owner may with those below", () => {
    const owner = { name: "ann", role: "owner" };
    expect(deedsFor(bob, owner)).toEqual(["role", "eject", "disable", "ban"]);
    expect(deedsFor({ ...bob, is_disabled: true, is_present: false }, owner)).toEqual([
      "role",
      "enable",
      "ban",
    ]);
    expect(deedsFor({ ...bob, role: "owner" }, owner)).toEqual(["role"]);
  });

  it("is less for an administrator, and nothing with those of his rank, nor with himself", () => {
    const administrator = { name: "abe", role: "administrator" };
    expect(deedsFor(bob, administrator)).toEqual(["eject", "disable", "ban"]);
    expect(deedsFor({ ...bob, role: "administrator" }, administrator)).toEqual([]);
    expect(deedsFor({ ...bob, name: "abe" }, { name: "abe", role: "owner" })).toEqual([]);
  });
});
