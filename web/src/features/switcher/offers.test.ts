import { describe, expect, it } from "vitest";
import { Place } from "../../model/place";
import { Room } from "../../model/room";
import { choose, offersIn, offersOfCommands } from "./offers";

function placeWith(...names: string[]): Place {
  const place = new Place();
  place.you = { id: "me", name: "ann" };
  names.forEach((name, id) => {
    const kind = name.startsWith("@") ? "direct" : "channel";
    place.rooms.set(id, new Room({ id, name, kind, seq: 0, some_members: ["ann", "bob", "tessa"] }));
  });
  return place;
}

function says(place: Place, name: string, mentions: string[] = []): void {
  const room = place.find(name);
  room?.apply(
    {
      room: room.id,
      seq: room.seq + 1,
      time_ms: 0,
      event: { type: "said", author: "other", name: "bob", text: "hello", mentions },
    },
    "me",
  );
}

describe("where one may want to go", () => {
  it("is what calls, then what is new, then where one was before, and last where one is", () => {
    const place = placeWith("#here", "#before", "#new", "#calling", "@bob");
    says(place, "#new");
    says(place, "#calling", ["me"]);
    const offers = [...offersIn(place, ["#here", "#before"]), ...offersOfCommands({ dark: "Dark colours" })];
    expect(choose(offers, "").map((offer) => offer.name)).toEqual([
      "#calling",
      "#new",
      "#before",
      "@bob",
      "#here",
      "Dark colours",
    ]);
  });

  it("are rooms, people and commands by what one writes first", () => {
    const place = placeWith("#tests", "@bob");
    const offers = [...offersIn(place, []), ...offersOfCommands({ test: "Test the tea" })];
    expect(choose(offers, "tes").map((offer) => offer.name)).toEqual(["#tests", "@tessa", "Test the tea"]);
    expect(choose(offers, "@").map((offer) => offer.name)).toEqual(["@bob", "@tessa"]);
    expect(choose(offers, ">tes").map((offer) => offer.name)).toEqual(["Test the tea"]);
  });
});
