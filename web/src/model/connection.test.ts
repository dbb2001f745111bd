import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dropAhead, openAhead } from "../wire/ahead";
import type { HubRecord, RecordMessage } from "../wire/kinds";
import { Connection, type Credentials } from "./connection";
import { FakeSocket, makeRoom, makeWelcome } from "./fakeSocket";
import { REMEMBERED_MS } from "./sender";
import { HURRY_MS, PATIENCE_MS, SILENT_MS } from "./vigil";

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  vi.stubGlobal("WebSocket", FakeSocket);
});
afterEach(() => {
  dropAhead();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function said(seq: number, text: string, nonce = "", author = "p1"): RecordMessage {
  return {
    type: "record",
    room: 4,
    in: "#tea",
    seq,
    time_ms: Date.now(),
    event: { type: "said", author, name: "ann", text, nonce },
  };
}

async function comeIn(credentials: Credentials = { name: "ann" }, welcome = makeWelcome()) {
  const connection = new Connection("ws://here/ws");
  connection.enter(credentials);
  const socket = FakeSocket.accept();
  socket.tell(welcome);
  await settle();
  return { connection, socket };
}

/** Let what was answered be taken note of. */
const settle = async () => await vi.advanceTimersByTimeAsync(0);

/** Be there again after the connection broke. */
async function comeBack(connection: Connection): Promise<FakeSocket> {
  await settle();
  connection.retryNow();
  return FakeSocket.accept();
}

describe("coming in by what was opened ahead", () => {
  it("speaks at once where it is open, and asks in the same breath when all has come", async () => {
    openAhead("ws://here/ws");
    const socket = FakeSocket.accept();
    const connection = new Connection("ws://here/ws");
    connection.enter({ name: "ann" });
    await settle();
    expect(FakeSocket.made).toHaveLength(1);
    expect(socket.sent).toMatchObject([{ type: "hello", name: "ann" }, { type: "ping" }]);
    socket.tell(makeWelcome());
    await settle();
    expect(connection.isSettled).toBe(true);
  });

  it("waits for it where it is still being opened", async () => {
    openAhead("ws://here/ws");
    const connection = new Connection("ws://here/ws");
    connection.enter({ name: "ann" });
    await settle();
    expect(FakeSocket.made.at(-1)?.sent).toEqual([]);
    expect(FakeSocket.accept().sent[0]).toMatchObject({ type: "hello" });
    expect(FakeSocket.made).toHaveLength(1);
  });

  it("opens another one at once where it ends without a word, and only once", async () => {
    openAhead("ws://here/ws");
    const connection = new Connection("ws://here/ws");
    connection.enter({ name: "ann" });
    FakeSocket.made.at(-1)?.break();
    expect(FakeSocket.made).toHaveLength(2);
    expect(connection.status.kind).toBe("connecting");
    FakeSocket.made.at(-1)?.break();
    expect(connection.status.kind).toBe("lost");
  });

  it("says nothing by it once one has thought better of it", async () => {
    openAhead("ws://here/ws");
    const socket = FakeSocket.accept();
    const connection = new Connection("ws://here/ws");
    connection.enter({ name: "ann" });
    connection.close();
    await settle();
    expect(socket.sent).toEqual([]);
    expect(socket.readyState).toBe(3);
  });
});

describe("coming back", () => {
  it("sends nothing again that was stored before the connection broke, and the rest in its order", async () => {
    const { connection, socket } = await comeIn();
    const nonces = ["one", "two", "three"].map((text) => connection.say({ room: "#tea", text }).nonce);
    expect(socket.asked).toMatchObject([{ type: "say", text: "one" }]);
    socket.break();
    const other = await comeBack(connection);
    expect(other.sent[0]).toMatchObject({
      type: "hello",
      key: "k1",
      rooms: [],
      since: { 4: 1 },
      server: "s",
    });
    other.tell(makeWelcome({ rooms: [makeRoom({ seq: 2 })] }));
    expect(connection.status.kind).toBe("online");
    expect(other.asked).toEqual([]);
    other.tell(said(2, "one", nonces[0]), { type: "resumed", room: 4, seq: 2 });
    await settle();
    expect(other.asked).toMatchObject([{ type: "say", text: "two", nonce: nonces[1] }]);
    other.tell(said(3, "two", nonces[1]));
    other.answer({ type: "done", message: "4-3" });
    await settle();
    expect(other.asked).toHaveLength(2);
    expect(other.asked[1]).toMatchObject({ text: "three" });
    other.answer({ type: "done", message: "4-4" });
    await settle();
    expect(connection.outbox.entries).toEqual([]);
  });

  it("waits with everything while the server asks for patience, so that the order is kept", async () => {
    const { connection, socket } = await comeIn();
    for (const text of ["one", "two"]) connection.say({ room: "#tea", text });
    socket.answer({ type: "refusal", code: "try_again", sentence: "Later.", retry_seconds: 2 });
    await settle();
    expect(socket.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(socket.asked.at(-1)).toMatchObject({ text: "one" });
  });

  it("as another guest of the same name, when the place was not kept: in the rooms where one was", async () => {
    const { connection, socket } = await comeIn();
    connection.say({ room: "#tea", text: "was it stored?" });
    connection.say({ room: "#tea", text: "never sent" });
    socket.break();
    const [tea] = connection.place.rooms.values();
    const other = await comeBack(connection);
    other.tell({ type: "refusal", code: "bad_code", sentence: "Not known." });
    const third = FakeSocket.accept();
    expect(third.sent[0]).toMatchObject({ type: "hello", name: "ann", rooms: ["#tea"] });
    expect(third.sent[0]).not.toHaveProperty("since");
    third.tell(makeWelcome({ rooms: [], key: "k2", you: { id: "p9", name: "ann" } }));
    third.tell({ type: "entered", room: makeRoom({ seq: 7 }) });
    expect([...connection.place.rooms.values()]).toEqual([tea]);
    await settle();
    expect(connection.outbox.entries[0]?.state.kind).toBe("refused");
    expect(third.asked).toMatchObject([{ text: "never sent" }]);
  });

  it("asks about what was on its way so long ago that nobody can tell, and sends it again if that is wanted", async () => {
    const { connection, socket } = await comeIn();
    const { nonce } = connection.say({ room: "#tea", text: "was it stored?" });
    socket.break();
    await vi.advanceTimersByTimeAsync(REMEMBERED_MS);
    connection.check();
    const other = FakeSocket.accept();
    other.tell(makeWelcome(), { type: "reset", room: makeRoom({ seq: 5_000 }) });
    await settle();
    expect(other.asked).toEqual([]);
    expect(connection.outbox.entries[0]?.state.kind).toBe("refused");
    connection.resend(nonce);
    await settle();
    expect(other.asked).toMatchObject([{ type: "say", nonce }]);
  });

  it("says nothing as somebody else that was not written by him", async () => {
    const { connection, socket } = await comeIn();
    socket.break();
    connection.say({ room: "#tea", text: "as ann" });
    connection.enter({ name: "bob", password: "four words in a row" });
    FakeSocket.accept().tell(makeWelcome({ you: { id: "p2", name: "bob", has_account: true }, key: "" }));
    FakeSocket.made.at(-1)?.tell({ type: "resumed", room: 4, seq: 1 });
    await settle();
    expect(FakeSocket.made.at(-1)?.asked).toEqual([]);
    expect(connection.outbox.entries[0]?.state.kind).toBe("refused");
  });

  it("takes what an earlier visit left, and does not say twice what the snapshot shows", async () => {
    const { connection, socket } = await comeIn();
    const { nonce } = connection.say({ room: "#tea", text: "one" });
    socket.break();
    const other = await comeBack(connection);
    const record: HubRecord = said(5_000, "one", nonce);
    other.tell(makeWelcome(), { type: "reset", room: makeRoom({ seq: 5_000, recent: [record] }) });
    await settle();
    expect(connection.outbox.entries).toEqual([]);
    expect(other.asked).toEqual([]);
  });
});

describe("a question before one is in", () => {
  it("waits until one is, where that has just begun", async () => {
    const connection = new Connection("ws://here");
    connection.prepare();
    const asked = connection.ask({ type: "list_blocks" });
    connection.enter({ name: "ann" });
    const socket = FakeSocket.accept();
    await settle();
    expect(socket.asked).toEqual([]);
    socket.tell(makeWelcome());
    await settle();
    expect(socket.asked).toMatchObject([{ type: "list_blocks" }]);
    socket.answer({ type: "done" });
    await expect(asked).resolves.toMatchObject({ type: "done" });
  });

  it("fails with that, and at once where it has failed before", async () => {
    const connection = new Connection("ws://here");
    connection.enter({ name: "ann" });
    const asked = expect(connection.ask({ type: "list_blocks" })).rejects.toThrow("was lost");
    FakeSocket.accept().break();
    await asked;
    connection.retryNow();
    expect(connection.status.kind).toBe("connecting");
    await expect(connection.ask({ type: "list_blocks" })).rejects.toThrow("was lost");
  });

  it("fails where it turns out that one is to say who one is", async () => {
    const connection = new Connection("ws://here");
    connection.enter({ name: "ann" });
    const asked = expect(connection.ask({ type: "list_blocks" })).rejects.toThrow("was lost");
    FakeSocket.accept().tell({ type: "refusal", code: "wrong_password", sentence: "Who are you?" });
    await asked;
  });
});

describe("a handover", () => {
  const account = makeWelcome({ key: "", you: { id: "p1", name: "ann", has_account: true } });

  it("waits for what was asked, and what is asked meanwhile waits for it", async () => {
    const { connection, socket } = await comeIn();
    const before = connection.ask({ type: "list_tokens" });
    const change = connection.handOver({});
    const during = connection.ask({ type: "list_blocks" });
    await settle();
    expect(socket.asked).toMatchObject([{ type: "list_tokens" }]);
    expect(FakeSocket.made).toHaveLength(1);
    socket.answer({ type: "done" });
    await expect(before).resolves.toMatchObject({ type: "done" });
    const other = FakeSocket.accept();
    other.tell(account, { type: "resumed", room: 4, seq: 1 });
    await change;
    await settle();
    expect(other.asked).toMatchObject([{ type: "list_blocks" }]);
    other.answer({ type: "done" });
    await expect(during).resolves.toMatchObject({ type: "done" });
    expect(connection.status.kind).toBe("online");
  });

  it("goes on where the connection breaks before everything is answered", async () => {
    const { connection, socket } = await comeIn();
    const before = connection.ask({ type: "list_tokens" });
    const change = connection.handOver({});
    socket.break();
    await expect(before).rejects.toThrow("was lost");
    await settle();
    FakeSocket.accept().tell(account, { type: "resumed", room: 4, seq: 1 });
    await change;
    expect(connection.status.kind).toBe("online");
  });

  it("that is refused leaves nobody waiting", async () => {
    const { connection } = await comeIn();
    const change = expect(connection.handOver({})).rejects.toThrow("Who are you?");
    const during = expect(connection.ask({ type: "list_blocks" })).rejects.toThrow("was lost");
    await settle();
    FakeSocket.accept().tell({ type: "refusal", code: "wrong_password", sentence: "Who are you?" });
    await Promise.all([change, during]);
    expect(connection.status.kind).toBe("asking");
  });
});

describe("a dead connection", () => {
  it("is noticed, because nothing answers", async () => {
    const { connection, socket } = await comeIn();
    await vi.advanceTimersByTimeAsync(SILENT_MS + 1_000);
    expect(socket.sent.at(-1)).toEqual({ type: "ping" });
    expect(connection.status.kind).toBe("online");
    await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1_000);
    expect(connection.status.kind).toBe("lost");
  });

  it("is not suspected where something is heard", async () => {
    const { connection, socket } = await comeIn();
    for (let minute = 0; minute < 4; minute += 1) {
      await vi.advanceTimersByTimeAsync(SILENT_MS);
      socket.tell({ type: "pong" });
    }
    expect(connection.status.kind).toBe("online");
  });

  it("is noticed at once when the network has changed", async () => {
    const { connection, socket } = await comeIn();
    await vi.advanceTimersByTimeAsync(1_000);
    connection.check();
    expect(socket.sent.at(-1)).toEqual({ type: "ping" });
    await vi.advanceTimersByTimeAsync(HURRY_MS);
    expect(connection.status.kind).toBe("lost");
  });

  it("is one that is never reached, too", async () => {
    const connection = new Connection("ws://here/ws");
    connection.enter({ name: "ann" });
    expect(connection.hasFailed).toBe(false);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(connection.status.kind).toBe("lost");
    connection.retryNow();
    expect(connection.status.kind).toBe("connecting");
    expect(connection.hasFailed).toBe(true);
    FakeSocket.accept().tell(makeWelcome());
    expect(connection.hasFailed).toBe(false);
  });

  it("is not one whose server is there, and takes its time to find out who one is", async () => {
    const connection = new Connection("ws://here/ws");
    connection.enter({ name: "ann", password: "four words in a row", register: true });
    const socket = FakeSocket.accept();
    await vi.advanceTimersByTimeAsync(SILENT_MS);
    socket.tell(makeWelcome());
    expect(connection.status.kind).toBe("online");
    expect(FakeSocket.made).toHaveLength(1);
  });

  it("is not waited for where there is no network any more", async () => {
    const connection = new Connection("ws://here/ws");
    connection.enter({ name: "ann" });
    FakeSocket.accept();
    vi.stubGlobal("navigator", { onLine: false });
    connection.check();
    await vi.advanceTimersByTimeAsync(HURRY_MS);
    expect(connection.status.kind).toBe("lost");
  });
});

describe("a server that says no", () => {
  it("to a session that was revoked elsewhere has one log in again, and nothing written is lost", async () => {
    const account = { id: "p1", name: "ann", has_account: true };
    const { connection, socket } = await comeIn({}, makeWelcome({ key: "", you: account }));
    socket.break();
    connection.say({ room: "#tea", text: "later" });
    const other = await comeBack(connection);
    expect(other.sent[0]).not.toHaveProperty("key");
    other.tell({ type: "refusal", code: "wrong_password", sentence: "That is nobody's token." });
    expect(connection.status).toMatchObject({ kind: "asking", isExpired: true, reason: "" });
    connection.enter({});
    FakeSocket.accept().tell(makeWelcome({ key: "", you: account }), { type: "resumed", room: 4, seq: 1 });
    await settle();
    expect(FakeSocket.made.at(-1)?.asked).toMatchObject([{ text: "later" }]);
  });

  it("for good is not asked again", async () => {
    const { connection, socket } = await comeIn();
    socket.tell({ type: "closing", code: "dismissed", sentence: "You are banned.", come_back: false });
    socket.break();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.status).toEqual({ kind: "ended", sentence: "You are banned." });
    expect(FakeSocket.made).toHaveLength(1);
  });

  it("to somebody who was in, and may be so no longer, is the reason that he is told", async () => {
    const { connection, socket } = await comeIn({}, makeWelcome({ key: "" }));
    socket.break();
    const other = await comeBack(connection);
    other.tell({ type: "refusal", code: "disabled", sentence: "The account is disabled." });
    expect(connection.status).toMatchObject({ isExpired: false, reason: "The account is disabled." });
  });

  it("because it speaks another version has the page loaded again", () => {
    const connection = new Connection("ws://here/ws");
    connection.enter({ name: "ann" });
    FakeSocket.accept().tell({ type: "refusal", code: "bad_request", sentence: "Version 2 only." });
    expect(connection.status).toEqual({ kind: "outdated", sentence: "Version 2 only." });
  });

  it("to a name tells why, and nothing is tried by itself", async () => {
    const connection = new Connection("ws://here/ws");
    connection.enter({ name: "ann" });
    FakeSocket.accept().tell({
      type: "refusal",
      code: "name_taken",
      sentence: "Taken.",
      suggestion: "ann2",
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.status).toMatchObject({ kind: "asking", isExpired: false, reason: "" });
    expect(FakeSocket.made).toHaveLength(1);
  });
});
