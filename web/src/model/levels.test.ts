import { describe, expect, it } from "vitest";
import type { Shelf } from "./accounts";
import type { Connection } from "./connection";
import { Levels } from "./levels";
import { Place } from "./place";
import { DisconnectedError, RefusedError } from "./refusals";
import { Room } from "./room";

const [TEA, DEN, BOB] = [4, 5, 6];

function room(id: number, name: string): Room {
  return new Room({ id, name, kind: name.startsWith("@") ? "direct" : "channel", seq: 0 });
}

function shelf(kept: Record<string, string> = {}): Shelf & { kept: Record<string, string> } {
  return {
    kept,
    getItem: (key) => kept[key] ?? null,
    setItem: (key, text) => {
      kept[key] = text;
    },
  };
}

type Asked = { room: string; level: string };

/** As much of a connection as levels need; `answer` says what comes of a request, by default what was asked for. */
function fake(there: Record<string, string> = {}, hasAccount = true) {
  const place = new Place();
  const listeners = new Set<() => void>();
  const asked: Asked[] = [];
  const rooms = [room(TEA, "#tea"), room(DEN, "#den"), room(BOB, "@bob")];
  const connection = {
    place,
    isSettled: false,
    refusal: undefined as Error | undefined,
    subscribe: (listener: () => void) => listeners.add(listener),
    query: async ({ room: name, level }: Asked) => {
      asked.push({ room: name, level });
      if (connection.refusal) throw connection.refusal;
      return { type: "level_found", room: name, level, id: place.find(name)?.id };
    },
  };
  return {
    connection: connection as unknown as Connection,
    fake: connection,
    place,
    asked,
    rooms,
    /** Come in, and hear what the server has; once more with another id as another guest. */
    settle: async (id = "p1") => {
      connection.isSettled = false;
      for (const listener of listeners) listener();
      place.welcome(
        {
          type: "welcome",
          version: 1,
          server: { id: "s", software: "hubbub" },
          you: { id, name: "ann", has_account: hasAccount },
          limits: {} as never,
          levels: there as never,
        },
        [],
      );
      for (const one of rooms) place.rooms.set(one.id, one);
      connection.isSettled = true;
      for (const listener of listeners) listener();
      await new Promise((done) => setTimeout(done));
    },
  };
}

const REFUSED = { type: "refusal", code: "not_a_member", sentence: "You are not in #tea." } as const;

describe("what one is told of a room", () => {
  it("is what is usual, until the server says something else", async () => {
    const here = fake({ [TEA]: "nothing", [BOB]: "mentions" });
    const levels = new Levels(here.connection, shelf(), "");
    const [tea, den, bob] = here.rooms as [Room, Room, Room];
    expect([tea, den, bob].map((one) => levels.levelOf(one))).toEqual(["mentions", "mentions", "all"]);
    await here.settle();
    expect([tea, den, bob].map((one) => levels.levelOf(one))).toEqual(["nothing", "mentions", "mentions"]);
    const { version } = levels;
    here.place.hear({
      type: "signal",
      signal: { type: "levelling", room: "#tea", level: "default", id: TEA },
    });
    expect(levels.isMuted(tea)).toBe(false);
    expect(levels.version).toBeGreaterThan(version);
    expect(here.asked).toEqual([]);
  });

  it("holds at once, is told to the server, and is as before where that says no", async () => {
    const here = fake();
    const levels = new Levels(here.connection, shelf(), "");
    const [tea] = here.rooms as [Room];
    await here.settle();
    const done = levels.choose(tea, "nothing");
    expect(levels.isMuted(tea)).toBe(true);
    await done;
    expect(here.place.levels.get(TEA)).toBe("nothing");
    await levels.choose(tea, "mentions");
    expect(here.asked.map(({ level }) => level)).toEqual(["nothing", "default"]);
    here.fake.refusal = new RefusedError(REFUSED);
    await expect(levels.choose(tea, "all")).rejects.toThrow("You are not in");
    expect(levels.levelOf(tea)).toBe("mentions");
  });

  it("waits for the server, also over a reload", async () => {
    const place = shelf();
    const before = fake();
    const [tea] = before.rooms as [Room];
    await new Levels(before.connection, place, "").choose(tea, "nothing");
    const here = fake({ [TEA]: "all" });
    const levels = new Levels(here.connection, place, "");
    expect(levels.isMuted(tea)).toBe(true);
    here.fake.refusal = new DisconnectedError("");
    await here.settle();
    expect(levels.isMuted(tea)).toBe(true);
    here.fake.refusal = undefined;
    await here.settle();
    expect(here.place.levels.get(TEA)).toBe("nothing");
    expect(here.asked).toHaveLength(2);
    expect(place.kept).toEqual({ "hubbub.levels.": "[]" });
  });

  it("holds here alone where a server keeps none", async () => {
    const place = shelf();
    const here = fake();
    const levels = new Levels(here.connection, place, "");
    await here.settle();
    here.fake.refusal = new RefusedError({ code: "bad_request", sentence: "set_level is not known." });
    await levels.choose(here.rooms[0] as Room, "nothing");
    expect(new Levels(fake().connection, place, "").isMuted(here.rooms[0] as Room)).toBe(true);
  });

  it("is a guest's also when he has lost his place", async () => {
    const there: Record<string, string> = { [TEA]: "nothing" };
    const here = fake(there, false);
    const levels = new Levels(here.connection, shelf(), "");
    await here.settle();
    delete there[TEA];
    await here.settle("p2");
    expect(here.asked).toEqual([{ room: "#tea", level: "nothing" }]);
    expect(levels.isMuted(here.rooms[0] as Room)).toBe(true);
    here.place.forget();
    levels.forget();
    await here.settle("p3");
    expect(levels.isMuted(here.rooms[0] as Room)).toBe(false);
  });

  it.each(["x", "null", "{}", "[null]", '[[4,null],["4",{"level":"all"}],[5,{"level":"loud"}]]'])(
    "is what is usual where what was kept makes no sense: %s",
    (text) => {
      const here = fake();
      const levels = new Levels(here.connection, shelf({ "hubbub.levels.": text }), "");
      for (const one of here.rooms.slice(0, 2)) expect(levels.levelOf(one)).toBe("mentions");
    },
  );
});
