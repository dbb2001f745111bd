import { describe, expect, it } from "vitest";
import type { HubRecord } from "../wire/kinds";
import { isWorthTelling, Notices, parseNotices } from "./notices";

function shelf() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
}

function said(more: object): HubRecord {
  return {
    room: 1,
    seq: 2,
    time_ms: 0,
    event: { type: "said", author: "bob", name: "bob", text: "hi", ...more },
  };
}

describe("what one is told", () => {
  it("is what was chosen, also at the next visit", () => {
    const kept = shelf();
    new Notices(kept, "").choose({ isOn: true });
    const later = new Notices(kept, "");
    expect(later.kept.isOn).toBe(true);
    expect(new Notices(kept, "elsewhere").kept.isOn).toBe(false);
  });

  it("is nothing by default, and nothing where what was kept makes no sense", () => {
    for (const text of [null, "x", "null", "[]", '{"isOn":"yes"}'])
      expect(parseNotices(text)).toEqual({ isOn: false, hasSound: false, mayAsk: true });
  });

  it("is never one's own, nor what only happened", () => {
    expect(isWorthTelling(said({}), "all", "me")).toBe(true);
    expect(isWorthTelling(said({}), "mentions", "me")).toBe(false);
    expect(isWorthTelling(said({ mentions: ["me"] }), "mentions", "me")).toBe(true);
    expect(isWorthTelling(said({ calls_all: true }), "mentions", "me")).toBe(true);
    expect(isWorthTelling(said({ calls_all: true }), "nothing", "me")).toBe(false);
    expect(isWorthTelling(said({ author: "me" }), "all", "me")).toBe(false);
    const joined: HubRecord = { ...said({}), event: { type: "joined", author: "bob", name: "bob" } };
    expect(isWorthTelling(joined, "all", "me")).toBe(false);
  });
});
