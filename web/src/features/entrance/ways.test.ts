import { describe, expect, it } from "vitest";
import type { ServerFacts } from "../../model/session";
import { linkOf, waysOf } from "./ways";

const OPEN: ServerFacts = {
  id: "s",
  software: "hubbub",
  access: "anyone",
  guests: true,
  registration: true,
  passwords: true,
};

describe("ways in", () => {
  it("begin with what is meant, and leave out what is not allowed", () => {
    const invitation = linkOf({ kind: "invitation", code: "7K3M" });
    expect(waysOf(undefined, undefined, false)).toEqual(["guest", "logIn", "register"]);
    expect(waysOf(OPEN, undefined, true)[0]).toBe("logIn");
    expect(waysOf({ ...OPEN, guests: false }, undefined, false)).toEqual(["logIn", "register"]);
    expect(waysOf({ ...OPEN, guests: false }, invitation, false)).toEqual(["register", "logIn"]);
    expect(waysOf(OPEN, linkOf({ kind: "claim", code: "7K3M" }), true)).toEqual(["register", "logIn"]);
    expect(linkOf({ kind: "room", name: "#tea" })).toBeUndefined();
  });
});
