/** A WebSocket for tests, whose other end is the test: what the page sends is kept, and what it hears is said by `tell`. */
import type { FromClient, FromServer, RoomState, Welcome } from "../wire/kinds";

export class FakeSocket {
  static readonly OPEN = 1;
  /** Every one that was made, the newest last. */
  static made: FakeSocket[] = [];
  readonly sent: FromClient[] = [];
  readyState = 0;
  /** Whether what follows from coming in was asked about, before one was in. */
  #isAsked = false;
  #isWelcomed = false;
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: () => void = () => undefined;

  constructor() {
    FakeSocket.made.push(this);
  }

  /** The newest one, open. */
  static accept(): FakeSocket {
    const socket = FakeSocket.made.at(-1);
    if (socket === undefined) throw new Error("nobody has connected");
    socket.readyState = FakeSocket.OPEN;
    socket.onopen();
    return socket;
  }

  send(data: string): void {
    const message = JSON.parse(data) as FromClient;
    this.sent.push(message);
    if (message.type !== "ping" || message.id !== "settling") return;
    this.#isAsked = true;
    if (this.#isWelcomed) this.#settle();
  }

  tell(...messages: FromServer[]): void {
    for (const message of messages) {
      this.onmessage({ data: JSON.stringify(message) });
      if (message.type !== "welcome") continue;
      this.#isWelcomed = true;
      if (this.#isAsked) this.#settle();
    }
  }

  /** What follows from coming in comes soon. */
  #settle(): void {
    queueMicrotask(() => this.tell({ type: "pong", id: "settling" }));
  }

  /** What was asked since, without pings. */
  get asked(): FromClient[] {
    return this.sent.filter((message) => message.type !== "ping" && message.type !== "hello");
  }

  /** Answer the request that was sent last. */
  answer(message: Record<string, unknown>): void {
    const last = this.asked.at(-1) as { id: number };
    this.tell({ ...message, id: last.id } as FromServer);
  }

  close(): void {
    this.readyState = 3;
  }

  /** Break, without a word. */
  break(): void {
    this.readyState = 3;
    this.onclose();
  }
}

export function makeRoom(state: Partial<RoomState> = {}): RoomState {
  return { id: 4, name: "#tea", kind: "channel", seq: 1, member_count: 2, ...state };
}

export function makeWelcome(welcome: Partial<Welcome> = {}): Welcome {
  return {
    type: "welcome",
    version: 1,
    server: { id: "s", software: "hubbub" },
    you: { id: "p1", name: "ann" },
    limits: {
      message_bytes: 16_384,
      message_lines: 100,
      line_bytes: 131_072,
      recipients: 100,
      history: 100,
      resume: 10_000,
      commands_per_second: 0,
      burst: 0,
      return_seconds: 60,
    },
    rooms: [makeRoom()],
    key: "k1",
    ...welcome,
  };
}
