import { describe, expect, it } from "vitest";
import { Room } from "./room";

describe("who writes in a room", () => {
  it("is shown until it is over, and no longer once he is done", () => {
    const room = new Room({ id: 4, name: "#tea", kind: "channel", seq: 1 });
    room.showTyping("ann", Date.now() + 60_000);
    room.showTyping("bob", Date.now() + 60_000);
    expect([...room.typing.keys()]).toEqual(["ann", "bob"]);
    room.showTyping("ann", Date.now());
    expect([...room.typing.keys()]).toEqual(["bob"]);
  });
});
