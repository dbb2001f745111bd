/**
 * Ahead: a WebSocket that is opened while its first words are still being found, so that nobody waits for it then. A new
 * connection takes some turns, and most of a second on a slow line.
 */

export const SUBPROTOCOL = "hubbub.v1";

/** How long one is kept that nobody takes, in milliseconds: a server soon ends what says nothing (`naming_seconds`). */
export const KEPT_MS = 8_000;

export interface Ahead {
  readonly socket: WebSocket;
  readonly url: string;
  readonly openedAt: number;
}

declare global {
  /** The early script opens it and the page takes it: two programs, which share nothing else. */
  var hubbubAhead: Ahead | undefined;
}

/** Return where a server is reached whose page is at `origin`. */
export function addressOf({ protocol, host }: Pick<Location, "protocol" | "host">): string {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws`;
}

/** Open one, unless there is one. */
export function openAhead(url: string): void {
  const ahead = globalThis.hubbubAhead;
  if (ahead?.url === url && isFresh(ahead)) return;
  dropAhead();
  globalThis.hubbubAhead = { socket: new WebSocket(url, SUBPROTOCOL), url, openedAt: Date.now() };
}

/** Take the one that was opened, if it is good for anything: whoever takes it closes it. */
export function takeAhead(url: string): WebSocket | undefined {
  const ahead = globalThis.hubbubAhead;
  if (ahead?.url !== url) return undefined;
  if (!isFresh(ahead)) {
    dropAhead();
    return undefined;
  }
  globalThis.hubbubAhead = undefined;
  return ahead.socket;
}

/** Close it: who one is for the browser has changed, and it speaks for whom one was. */
export function dropAhead(): void {
  globalThis.hubbubAhead?.socket.close();
  globalThis.hubbubAhead = undefined;
}

/** By the clock on the wall: after a computer has slept, it is long ago that it was opened. */
function isFresh({ socket, openedAt }: Ahead): boolean {
  const age = Date.now() - openedAt;
  return age >= 0 && age < KEPT_MS && socket.readyState <= WebSocket.OPEN;
}
