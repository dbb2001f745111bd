import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Accounts, parseAccounts, parseHost, type Shelf } from "./accounts";
import { FakeSocket, makeWelcome } from "./fakeSocket";
import { Servers } from "./servers";

function makeShelf(text: string | null = null): Shelf & { text: string | null } {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_at: string, kept: string) {
      this.text = kept;
    },
  };
}

describe("what somebody types as a server", () => {
  it.each([
    ["chat.example.org", { host: "chat.example.org", isPlain: false }],
    [" chat.example.org:4242 ", { host: "chat.example.org:4242", isPlain: false }],
    ["http://127.0.0.1:4242/c/tea", { host: "127.0.0.1:4242", isPlain: true }],
    ["wss://[::1]:4242/ws", { host: "[::1]:4242", isPlain: false }],
    ["https://bücher.example", { host: "xn--bcher-kva.example", isPlain: false }],
  ])("%s is one", (text, place) => expect(parseHost(text)).toEqual(place));

  it.each(["", "a b", "javascript://x", "file:///etc", "https://"])("%s is none", (text) =>
    expect(parseHost(text)).toBeUndefined(),
  );
});

describe("accounts", () => {
  it("are seen by every tab, and one at home is always there", () => {
    const shelf = makeShelf();
    const [here, there] = [new Accounts(shelf), new Accounts(shelf)];
    here.add("chat.example.org", false);
    here.update("", { name: "ann", proof: { kind: "cookie" } });
    there.refresh();
    expect(there.list.map(({ key, name }) => [key, name])).toEqual([
      ["", "ann"],
      ["chat.example.org", ""],
    ]);
    there.remove("");
    expect(there.list[0]).toMatchObject({ key: "", name: "", proof: { kind: "none" } });
  });

  it("are none in what is somebody else's", () => {
    for (const text of [null, "", "{", "null", "[1, {}]", '[{"key":"a","host":"b","name":"c"}]']) {
      expect(parseAccounts(text)).toEqual([]);
    }
  });

  it("go on where nothing may be kept", () => {
    const accounts = new Accounts({
      getItem: () => null,
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    });
    accounts.update("", { name: "ann" });
    expect(accounts.list[0]?.name).toBe("ann");
  });
});

describe("servers", () => {
  const origin = { protocol: "https:", host: "home.example" };

  it("are added by address, each account with a key of its own", () => {
    const servers = new Servers(origin, makeShelf());
    const added = ["chat.example.org", "https://chat.example.org/", "", "http://home.example", "?"].map(
      (text) => servers.add(text)?.key,
    );
    expect(added).toEqual(["chat.example.org", "chat.example.org~2", "~2", "~3", undefined]);
    expect(servers.list.map((server) => server.connection.url)).toEqual([
      "wss://home.example/ws",
      "wss://chat.example.org/ws",
      "wss://chat.example.org/ws",
      "wss://home.example/ws",
      "wss://home.example/ws",
    ]);
  });

  it("are the same objects while others come and go", () => {
    const servers = new Servers(origin, makeShelf());
    const { home } = servers;
    servers.add("chat.example.org");
    expect(servers.home).toBe(home);
    expect(servers.find("nobody's")).toBe(home);
  });
});

describe("an account that is opened over a connection that is lost", () => {
  const taken = { type: "refusal", code: "name_taken", sentence: "The name is taken." } as const;

  beforeEach(() => {
    vi.useFakeTimers();
    FakeSocket.made = [];
    vi.stubGlobal("WebSocket", FakeSocket);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** Open one, lose the connection before there is an answer, and hear that the name is taken. */
  async function loseAnswer(status: number) {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status })));
    const { home } = new Servers({ protocol: "https:", host: "home.example" }, makeShelf());
    const opened = home.register("ann", "four words in a row");
    const outcome = opened.then(
      () => "in",
      (error: Error) => error.message,
    );
    FakeSocket.accept().break();
    await vi.runOnlyPendingTimersAsync();
    FakeSocket.accept().tell(taken);
    await vi.advanceTimersByTimeAsync(0);
    return { home, outcome };
  }

  it("is one's own if the password opens it", async () => {
    const { home, outcome } = await loseAnswer(204);
    FakeSocket.accept().tell(makeWelcome({ key: "" }));
    expect(await outcome).toBe("in");
    expect(home.account.proof).toEqual({ kind: "cookie" });
  });

  it("is somebody else's if it does not", async () => {
    const { home, outcome } = await loseAnswer(401);
    expect(await outcome).toBe(taken.sentence);
    expect(home.isRemembered).toBe(false);
  });
});
