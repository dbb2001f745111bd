import { describe, expect, it } from "vitest";
import { Accounts, parseAccounts, parseHost, type Shelf } from "./accounts";
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
