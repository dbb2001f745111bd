import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Shelf } from "./accounts";
import { lastMarks, lastWords } from "./lastWords";
import { Outbox } from "./outbox";
import { type Channel, ROLL_MS, Tabs } from "./tabs";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** As many ends of one channel as are wanted. */
function makeChannels(count: number): Channel[] {
  const ends: Channel[] = Array.from({ length: count }, () => ({
    onmessage: null,
    postMessage(message: unknown) {
      for (const end of ends)
        if (end !== this) end.onmessage?.call(end as BroadcastChannel, { data: message } as MessageEvent);
    },
  }));
  return ends;
}

describe("tabs", () => {
  it("know which others are there", async () => {
    const [one, two, three] = makeChannels(3).map((channel) => new Tabs(channel)) as [Tabs, Tabs, Tabs];
    const rolled = one.roll();
    await vi.advanceTimersByTimeAsync(ROLL_MS);
    expect([...(await rolled)].sort()).toEqual([two.id, three.id].sort());
    expect((await new Tabs(undefined).roll()).size).toBe(0);
  });

  it("say when they go", () => {
    const [one, two] = makeChannels(2).map((channel) => new Tabs(channel)) as [Tabs, Tabs];
    const heard: unknown[] = [];
    one.listen((message) => heard.push(message));
    two.leave();
    expect(heard).toEqual([{ kind: "gone", tab: two.id }]);
  });
});

describe("an outbox that tabs share", () => {
  const first = () => new Outbox("a").add({ room: "#tea", text: "hello" }, "n1", 1);

  it("shows what is another tab's, and sends only what that left behind", () => {
    const outbox = new Outbox("b");
    outbox.follow("n1", { ...first(), state: { kind: "sending" }, sentMs: 5, sentBy: "p1" });
    expect(outbox.entries.map((entry) => outbox.isOwn(entry))).toEqual([false]);
    outbox.adopt((tab) => tab === "z");
    expect(outbox.entries[0]?.tab).toBe("a");
    outbox.adopt((tab) => tab === "a");
    expect(outbox.entries[0]).toMatchObject({
      tab: "b",
      state: { kind: "waiting" },
      sentMs: 5,
      sentBy: "p1",
    });
    outbox.follow("n1", undefined);
    expect(outbox.entries).toEqual([]);
  });

  it("has one sender where two tabs take the same thing over at once", () => {
    const [one, two] = [new Outbox("a"), new Outbox("b")];
    const left = { ...first(), tab: "gone" };
    for (const outbox of [one, two]) {
      outbox.restore([left]);
      outbox.adopt(() => true);
    }
    const [mine, other] = [one.entries[0], two.entries[0]];
    one.follow("n1", other);
    two.follow("n1", mine);
    expect([one.entries[0]?.tab, two.entries[0]?.tab]).toEqual(["a", "a"]);
  });

  it("keeps the order in which things were written, though the clock was set back", () => {
    const outbox = new Outbox("a");
    for (const [nonce, time] of [["n1", 9_000] as const, ["n2", 100] as const])
      outbox.add({ room: "#tea", text: nonce }, nonce, time);
    const next = new Outbox("b");
    next.restore([...outbox.entries].reverse());
    outbox.restore([]);
    next.restore([{ ...first(), nonce: "n0", timeMs: 1 }]);
    expect(next.entries.map((entry) => entry.nonce)).toEqual(["n0", "n1", "n2"]);
  });
});

describe("last words", () => {
  const draft = { text: "half a sen", replyingTo: "", editing: "" };

  it("are taken once, by the account whose they are", () => {
    const kept = new Map<string, string>();
    const shelf: Shelf = {
      getItem: (at) => kept.get(at) ?? null,
      setItem: (at, text) => void kept.set(at, text),
    };
    lastMarks.leave(shelf, "", { "5": 40 });
    lastWords.leave(shelf, "", { "#tea": draft });
    lastWords.leave(shelf, "", { "#lobby": draft });
    expect(lastWords.take(shelf, "elsewhere")).toEqual({});
    expect(lastWords.take(shelf, "")).toEqual({ "#tea": draft, "#lobby": draft });
    expect(lastWords.take(shelf, "")).toEqual({});
    expect(lastMarks.take(shelf, "")).toEqual({ "5": 40 });
  });

  it("are nothing where nothing may be kept", () => {
    const fail = () => {
      throw new DOMException("forbidden", "SecurityError");
    };
    const shelf: Shelf = { getItem: fail, setItem: fail };
    lastWords.leave(shelf, "", { "#tea": draft });
    expect(lastWords.take(shelf, "")).toEqual({});
  });
});
