import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addressOf, dropAhead, KEPT_MS, openAhead, takeAhead } from "./ahead";

const URL = "ws://here/ws";

class Socket {
  static readonly OPEN = 1;
  readyState = 0;
  close(): void {
    this.readyState = 3;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Socket);
});
afterEach(() => {
  dropAhead();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("what was opened ahead", () => {
  it("is taken once, and is not opened twice", () => {
    openAhead(URL);
    const opened = globalThis.hubbubAhead?.socket;
    openAhead(URL);
    expect(takeAhead(URL)).toBe(opened);
    expect(takeAhead(URL)).toBeUndefined();
    expect(opened?.readyState).toBe(0);
  });

  it("is not for another server", () => {
    openAhead(URL);
    expect(takeAhead("wss://there/ws")).toBeUndefined();
    expect(takeAhead(URL)).toBeDefined();
  });

  it.each([
    ["is old", () => vi.advanceTimersByTime(KEPT_MS)],
    ["is older than the clock says", () => vi.setSystemTime(Date.now() - 1)],
    ["was ended by the server", () => globalThis.hubbubAhead?.socket.close()],
  ])("is closed and forgotten where it %s", (_, pass) => {
    openAhead(URL);
    const opened = globalThis.hubbubAhead?.socket;
    pass();
    expect(takeAhead(URL)).toBeUndefined();
    expect(opened?.readyState).toBe(3);
    openAhead(URL);
    expect(takeAhead(URL)).not.toBe(opened);
  });

  it("is closed where it speaks for whom one was", () => {
    openAhead(URL);
    const opened = globalThis.hubbubAhead?.socket;
    dropAhead();
    expect(opened?.readyState).toBe(3);
    expect(takeAhead(URL)).toBeUndefined();
  });
});

it.each([
  ["http:", "ws://chat.example.org/ws"],
  ["https:", "wss://chat.example.org/ws"],
])("a page over %s reaches its server over %s", (protocol, address) => {
  expect(addressOf({ protocol, host: "chat.example.org" })).toBe(address);
});
