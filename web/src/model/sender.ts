/** The sender: sends what is in the outbox, one after the other, so that everything is said in the order it was written in. */
import type { Answer, AnswerOf, Request } from "../wire/kinds";
import type { Outbox, Outgoing, Problem } from "./outbox";
import type { Place } from "./place";
import { DisconnectedError, RefusedError } from "./refusals";

/** How long a server surely remembers what was said by which nonce: it does for an hour (docs/protocol.md). */
export const REMEMBERED_MS = 50 * 60_000;

export class Sender {
  readonly #outbox: Outbox;
  readonly #place: Place;
  readonly #ask: (request: Request) => Promise<Answer>;
  #isReady = false;
  #isSending = false;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(outbox: Outbox, place: Place, ask: (request: Request) => Promise<Answer>) {
    this.#outbox = outbox;
    this.#place = place;
    this.#ask = ask;
  }

  /** Everything that was missed is there: what was stored of the outbox is known by now. */
  begin(): void {
    this.#isReady = true;
    this.#flush();
  }

  /** There is no connection: whatever is on its way waits for the next. */
  end(): void {
    this.#isReady = false;
    clearTimeout(this.#later);
    this.#outbox.wait();
  }

  /** There may be something to send. */
  notice(): void {
    if (this.#isReady) this.#flush();
  }

  #flush(): void {
    if (this.#isSending) return;
    this.#isSending = true;
    void this.#sendAll().finally(() => {
      this.#isSending = false;
      // It may have been lost and found again meanwhile.
      if (this.#isReady && this.#next !== undefined && this.#later === undefined) this.#flush();
    });
  }

  get #next(): Outgoing | undefined {
    return this.#outbox.entries.find((entry) => entry.state.kind === "waiting" && this.#outbox.isOwn(entry));
  }

  async #sendAll(): Promise<void> {
    for (let entry = this.#next; this.#isReady && entry !== undefined; entry = this.#next) {
      if (!this.#mayRepeat(entry)) this.#outbox.doubt(entry.nonce);
      else if (!(await this.#send(entry))) return;
    }
  }

  /** Whether it was not stored already, as far as anybody can know, or would not be stored twice. */
  #mayRepeat(entry: Outgoing): boolean {
    if (entry.sentMs === 0) return true;
    const room = this.#place.find(entry.room);
    if (room !== undefined && room.wholeSinceMs !== 0 && room.wholeSinceMs < entry.sentMs) return true;
    return entry.sentBy === this.#place.you.id && Date.now() - entry.sentMs < REMEMBERED_MS;
  }

  /** Send one; return whether the next may be sent. */
  async #send(entry: Outgoing): Promise<boolean> {
    this.#outbox.send(entry.nonce, this.#place.you.id, Date.now());
    try {
      const answer = await this.#ask(requestOf(entry));
      const problem = answer.type === "told" ? problemIn(answer) : undefined;
      if (problem) this.#outbox.refuse(entry.nonce, problem);
      else this.#outbox.remove(entry.nonce);
      return true;
    } catch (error) {
      if (error instanceof DisconnectedError) return false;
      if (!(error instanceof RefusedError)) throw error;
      return this.#handle(entry, error);
    }
  }

  #handle(entry: Outgoing, refusal: RefusedError): boolean {
    const passes = refusal.retrySeconds > 0 || refusal.code === "too_fast" || refusal.code === "try_again";
    if (!passes) {
      this.#outbox.refuse(entry.nonce, { kind: "said", sentence: refusal.message });
      return true;
    }
    this.#outbox.unsend(entry.nonce);
    this.#later = setTimeout(() => {
      this.#later = undefined;
      this.notice();
    }, Math.max(1, refusal.retrySeconds) * 1_000);
    return false;
  }
}

function requestOf(entry: Outgoing): Request {
  const { text, manner, nonce } = entry;
  const rest = { text, manner, nonce, files: [...entry.files] };
  if (entry.replyTo) return { type: "reply", message: entry.replyTo, ...rest };
  if (entry.room.startsWith("@")) return { type: "tell", recipients: [entry.room.slice(1)], ...rest };
  return { type: "say", room: entry.room, ...rest };
}

/** What a conversation's only recipient says no with. */
function problemIn(told: AnswerOf<"told">): Problem | undefined {
  const outcome = told.outcomes[0];
  if (outcome?.status === "refused") return { kind: "refusing", name: outcome.name };
  if (outcome?.status === "unknown") return { kind: "unknown", name: outcome.name };
  return undefined;
}
