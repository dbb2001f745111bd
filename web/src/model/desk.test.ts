import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connection } from "./connection";
import { Desk, Desks } from "./desk";
import { BUSY_MS, Drafts, SAVE_MS } from "./drafts";
import { PAUSE_MS, SAY_MS, Typist } from "./typist";

describe("a desk", () => {
  it("gives back what was being written when one is done with editing", () => {
    const desk = new Desk();
    desk.write("half a tho");
    desk.edit("4-8", "helo");
    desk.write("hello");
    expect([desk.text, desk.unsaid, desk.isUnsaved]).toEqual(["hello", "half a tho", true]);
    desk.cancel();
    expect([desk.text, desk.editing]).toEqual(["half a tho", ""]);
  });

  it("is the same after a visit", () => {
    const desk = new Desk();
    desk.write("half");
    desk.attach({ id: "f1", name: "tea.jpg", size: 3, type: "image/jpeg" });
    desk.edit("4-8", "helo");
    const again = new Desk();
    again.take(structuredClone(desk.draft));
    expect(again.draft).toEqual(desk.draft);
    again.cancel();
    expect(again.text).toBe("half");
  });
});

type Listener = (signal: { type: string; room: string; text: string }) => void;

/** As much of a connection as drafts need. */
function fakeConnection(there: Record<string, string>) {
  const listeners = new Set<() => void>();
  const signals = new Set<Listener>();
  const asked: unknown[] = [];
  const fake = {
    isSettled: false,
    place: {
      you: { id: "p1", name: "ann", has_account: true },
      onSignal: (listener: Listener) => signals.add(listener),
    },
    subscribe: (listener: () => void) => listeners.add(listener),
    query: async () => ({
      type: "draft_list",
      drafts: Object.entries(there).map(([room, text]) => ({ room, text })),
    }),
    ask: async (request: unknown) => asked.push(request),
  };
  return {
    connection: fake as unknown as Connection,
    asked,
    settle: async () => {
      fake.isSettled = true;
      for (const listener of listeners) listener();
      await vi.advanceTimersByTimeAsync(0);
    },
    hear: (room: string, text: string) => {
      for (const listener of signals) listener({ type: "drafting", room, text });
    },
  };
}

describe("drafts", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("come from the server, and go there once nothing more is written", async () => {
    const { connection, asked, settle } = fakeConnection({ "#tea": "from the phone" });
    const desks = new Desks();
    new Drafts(connection, desks);
    await settle();
    const desk = desks.at("#tea");
    expect(desk.text).toBe("from the phone");
    desk.write("from the phone, a");
    await vi.advanceTimersByTimeAsync(SAVE_MS - 1);
    desk.write("from the phone, and here");
    await vi.advanceTimersByTimeAsync(SAVE_MS);
    expect(asked).toEqual([{ type: "save_draft", room: "#tea", text: "from the phone, and here" }]);
    expect(desk.isUnsaved).toBe(false);
    desk.clear();
    await vi.advanceTimersByTimeAsync(SAVE_MS);
    expect(asked.at(-1)).toEqual({ type: "save_draft", room: "#tea", text: "" });
  });

  it("that were written without a connection go before what is there", async () => {
    const { connection, asked, settle } = fakeConnection({ "#tea": "old" });
    const desks = new Desks();
    new Drafts(connection, desks);
    desks.at("#tea").write("new");
    await settle();
    expect(desks.at("#tea").text).toBe("new");
    expect(asked).toEqual([{ type: "save_draft", room: "#tea", text: "new" }]);
  });

  it("never come under the hands of who is writing", async () => {
    const { connection, hear, settle } = fakeConnection({});
    const desks = new Desks();
    new Drafts(connection, desks);
    await settle();
    const desk = desks.at("#tea");
    desk.write("mine");
    hear("#tea", "theirs");
    await vi.advanceTimersByTimeAsync(SAVE_MS);
    hear("#tea", "theirs");
    desk.write("mine, and more");
    await vi.advanceTimersByTimeAsync(BUSY_MS);
    expect(desk.text).toBe("mine, and more");
    hear("#tea", "theirs");
    expect(desk.text).toBe("theirs");
  });
});

describe("a typist", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("says now and then that one writes, when one stops, and nothing of commands", async () => {
    const { connection, asked, settle } = fakeConnection({});
    const desks = new Desks();
    new Typist(connection, desks);
    await settle();
    const states = () => (asked as { state: string }[]).map((one) => one.state);
    const desk = desks.at("#tea");
    desk.write("h");
    desk.write("he");
    expect(states()).toEqual(["active"]);
    await vi.advanceTimersByTimeAsync(SAY_MS);
    desk.write("hel");
    expect(states()).toEqual(["active", "active"]);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(states().at(-1)).toBe("paused");
    desk.write("");
    expect(states().at(-1)).toBe("done");
    desk.write("/help");
    desk.clear();
    expect(states()).toHaveLength(4);
  });

  it("leaves it to the message to say that one is done", async () => {
    const { connection, asked, settle } = fakeConnection({});
    const desks = new Desks();
    new Typist(connection, desks);
    await settle();
    desks.at("#tea").write("hello");
    desks.at("#tea").clear();
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(asked).toHaveLength(1);
  });
});
