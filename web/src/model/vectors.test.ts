/** The contract between languages: every example that Python writes is read here, and nothing in it is lost. */
import { describe, expect, it } from "vitest";
import fromServer from "../../../wire/vectors/from_server.json";
import { parse } from "../wire/link";
import { Place } from "./place";

describe("messages from the server", () => {
  it.each(fromServer.map((vector) => [vector.type, vector] as const))(
    "%s is understood as it is",
    (_type, vector) => {
      expect(parse(JSON.stringify(vector))).toEqual(vector);
    },
  );

  it("are heard in any order without an error, whatever is known of their rooms", () => {
    const place = new Place();
    for (const vector of fromServer) {
      const message = parse(JSON.stringify(vector));
      if (message !== undefined) place.hear(message);
    }
    expect(place.rooms.size).toBeGreaterThan(0);
  });
});

describe("what is no message", () => {
  it.each(["", "x", "null", "[]", "1", '"welcome"', "{}", undefined, new Blob()])(
    "is passed over: %s",
    (data) => {
      expect(parse(data)).toBeUndefined();
    },
  );
});
