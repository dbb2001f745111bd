import { expect, it } from "vitest";
import { conversation, peopleIn } from "./people";
import { Place } from "./place";
import { Room } from "./room";

it("knows whom one has met, once and without oneself", () => {
  const place = new Place();
  place.you = { id: "me", name: "ann" };
  place.rooms.set(
    1,
    new Room({ id: 1, name: "#tea", kind: "channel", seq: 0, some_members: ["ann", "eve"] }),
  );
  place.rooms.set(2, new Room({ id: 2, name: "@bob", kind: "direct", seq: 0 }));
  const joined = { type: "joined", author: "her", name: "zoe" } as const;
  place.find("#tea")?.apply({ room: 1, seq: 1, time_ms: 0, event: joined }, "me");
  expect(peopleIn(place)).toEqual(["bob", "eve", "zoe"]);
});

it("has a room for a conversation that has not begun, until it has", () => {
  const place = new Place();
  const room = conversation(place, "@bob");
  expect(conversation(place, "@bob")).toBe(room);
  expect(conversation(place, "@eve").id).not.toBe(room.id);
  const real = new Room({ id: 7, name: "@bob", kind: "direct", seq: 1 });
  place.rooms.set(7, real);
  expect(conversation(place, "@bob")).toBe(real);
});
