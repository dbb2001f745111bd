/** A link: one WebSocket to a server, speaking `hubbub.v1` (docs/protocol.md). It knows nothing of what is said. */
import { SUBPROTOCOL } from "./ahead";
import type { FromClient, FromServer } from "./generated";

export interface LinkEvents {
  opened(): void;
  heard(message: FromServer): void;
  /** Called once, whoever ended it; nothing is heard afterwards. */
  closed(): void;
}

export class Link {
  readonly #socket: WebSocket;
  #isOver = false;

  /** Connect to `url` (`ws:` or `wss:`), or use what is connected to it. Throws `SyntaxError` where that is none. */
  constructor(url: string, events: LinkEvents, socket = new WebSocket(url, SUBPROTOCOL)) {
    this.#socket = socket;
    const open = () => {
      if (!this.#isOver) events.opened();
    };
    this.#socket.onopen = open;
    if (socket.readyState === WebSocket.OPEN) queueMicrotask(open);
    this.#socket.onmessage = (event) => {
      const message = this.#isOver ? undefined : parse(event.data);
      if (message !== undefined) events.heard(message);
    };
    this.#socket.onclose = () => {
      if (this.#isOver) return;
      this.#isOver = true;
      events.closed();
    };
  }

  send(message: FromClient): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** End it; `closed` is not called for it. */
  close(): void {
    this.#isOver = true;
    this.#socket.close();
  }
}

/** Read one message. A newer server may send kinds that are not known here; whoever hears them passes over them. */
export function parse(data: unknown): FromServer | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const message: unknown = JSON.parse(data);
    return typeof message === "object" && message !== null && "type" in message
      ? (message as FromServer)
      : undefined;
  } catch {
    // Not JSON: no server of ours speaks so, and there is nobody to tell.
    return undefined;
  }
}
