/** A connection that lasts: it comes back by itself, with what was missed, and says how it is. */
import type { Answer, AnswerOf, FromServer, Hello, Request } from "../wire/kinds";
import { Link } from "../wire/link";
import { delayMs } from "./backoff";
import { Emitter } from "./emitter";
import { Outbox, type Outgoing, type Written } from "./outbox";
import { Place } from "./place";
import { DisconnectedError, Questions, RefusedError } from "./questions";

export type Status =
  /** Nobody has said who he is, or what he said was refused (`sentence`). */
  | { readonly kind: "asking"; readonly refusal: RefusedError | undefined }
  | { readonly kind: "connecting" }
  | { readonly kind: "online" }
  /** It tries again at `retryAt`, in milliseconds since 1970. */
  | { readonly kind: "lost"; readonly retryAt: number; readonly sentence: string }
  /** The server does not want it back: put off, banned, replaced. */
  | { readonly kind: "ended"; readonly sentence: string };

/** Who one is: what a `hello` says of it. Nothing at all is whoever has logged in with this browser. */
export type Credentials = Pick<Hello, "name" | "password" | "register" | "code" | "token" | "key" | "rooms">;

export class Connection extends Emitter {
  readonly url: string;
  readonly place = new Place();
  readonly outbox = new Outbox();
  #status: Status = { kind: "asking", refusal: undefined };
  #credentials: Credentials | undefined;
  #link: Link | undefined;
  #questions: Questions | undefined;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closing = "";
  /** Called when one is in, with the key of a guest (empty for others). */
  onWelcome: (key: string) => void = () => undefined;

  /** Speak to the server at `url` (`ws:` or `wss:`), once somebody has said who he is. */
  constructor(url: string) {
    super();
    this.url = url;
    this.place.onRecord((_room, record) => this.outbox.settle(record));
  }

  get status(): Status {
    return this.#status;
  }

  /** Come in as somebody, from now on also after the connection was lost. */
  enter(credentials: Credentials): void {
    this.#credentials = credentials;
    this.#failures = 0;
    this.#connect();
  }

  /** Say from now on something else of who one is, whenever the connection was lost. */
  introduce(credentials: Credentials): void {
    this.#credentials = credentials;
  }

  /** End it, and be who one is. */
  close(): void {
    this.#drop();
  }

  /** Try now what would be tried later. */
  retryNow(): void {
    if (this.#status.kind === "lost" || this.#status.kind === "ended") this.#connect();
  }

  /** Go, and forget who one was. */
  leave(): void {
    this.#link?.send({ type: "bye" });
    this.#credentials = undefined;
    this.#drop();
    this.#become({ kind: "asking", refusal: undefined });
  }

  /** Ask; rejects with `RefusedError` or `DisconnectedError`. */
  async ask(request: Request): Promise<Answer> {
    if (this.#questions === undefined || this.#status.kind !== "online") throw new DisconnectedError();
    return await this.#questions.ask(request);
  }

  /** Ask what is answered with one kind of answer. */
  async query<Type extends Answer["type"]>(request: Request, type: Type): Promise<AnswerOf<Type>> {
    const answer = await this.ask(request);
    if (answer.type !== type) throw new TypeError(`asked for ${type}, and was told ${answer.type}`);
    return answer as AnswerOf<Type>;
  }

  /** Say something as soon as that can be done; it stands in the outbox until it is stored. */
  say(written: Written): Outgoing {
    const entry = this.outbox.add(written, crypto.randomUUID(), Date.now());
    if (this.#status.kind === "online") void this.#send(entry);
    return entry;
  }

  /** Send what was refused once more. */
  resend(nonce: string): void {
    this.outbox.mark(nonce, { kind: "waiting" });
    const entry = this.outbox.entries.find((one) => one.nonce === nonce);
    if (entry && this.#status.kind === "online") void this.#send(entry);
  }

  #connect(): void {
    this.#drop();
    const credentials = this.#credentials;
    if (credentials === undefined) return;
    const since = this.place.since();
    const asked = Object.keys(since).map(Number);
    this.#become({ kind: "connecting" });
    const link = new Link(this.url, {
      opened: () => {
        const back = asked.length > 0 ? { since, server: this.place.serverId } : {};
        link.send({ type: "hello", client: "hubbub web", ...credentials, ...back });
      },
      heard: (message) => this.#hear(message, asked),
      closed: () => this.#lose(),
    });
    this.#link = link;
    this.#questions = new Questions((message) => link.send(message));
  }

  #hear(message: FromServer, asked: readonly number[]): void {
    if (this.#questions?.settle(message)) return;
    switch (message.type) {
      case "welcome":
        this.#failures = 0;
        if (message.key) this.#credentials = { key: message.key };
        this.place.welcome(message, asked);
        this.#become({ kind: "online" });
        this.onWelcome(message.key ?? "");
        this.#flush();
        break;
      case "refusal":
        if (this.#status.kind === "connecting") this.#refuse(new RefusedError(message));
        break;
      case "closing":
        this.#closing = message.sentence;
        if (message.come_back === false) {
          this.#drop();
          this.#become({ kind: "ended", sentence: message.sentence });
        }
        break;
      case "ping":
        this.#link?.send({ type: "pong", ...(message.id == null ? {} : { id: message.id }) });
        break;
      default:
        this.place.hear(message);
    }
  }

  #refuse(refusal: RefusedError): void {
    this.#drop();
    if (refusal.retrySeconds > 0) {
      this.#tryAgainIn(refusal.retrySeconds * 1_000, refusal.message);
      return;
    }
    this.#credentials = undefined;
    this.#become({ kind: "asking", refusal });
  }

  #lose(): void {
    this.#drop();
    this.#failures += 1;
    this.#tryAgainIn(delayMs(this.#failures, Math.random()), this.#closing);
  }

  #tryAgainIn(delay: number, sentence: string): void {
    this.#become({ kind: "lost", retryAt: Date.now() + delay, sentence });
    this.#retry = setTimeout(() => this.#connect(), delay);
  }

  /** Let go of the link: nothing more is heard of it, and whoever waits for an answer is told. */
  #drop(): void {
    clearTimeout(this.#retry);
    this.#link?.close();
    this.#link = undefined;
    this.#questions?.abandon();
    this.#questions = undefined;
    this.outbox.wait();
  }

  #become(status: Status): void {
    if (status.kind === "connecting") this.#closing = "";
    this.#status = status;
    this.changed();
  }

  #flush(): void {
    for (const entry of this.outbox.entries) if (entry.state.kind === "waiting") void this.#send(entry);
  }

  async #send(entry: Outgoing): Promise<void> {
    this.outbox.mark(entry.nonce, { kind: "sending" });
    try {
      const answer = await this.ask(requestOf(entry));
      const refusal = answer.type === "told" ? refusalIn(answer) : undefined;
      if (refusal) this.outbox.mark(entry.nonce, { kind: "refused", sentence: refusal });
      else this.outbox.remove(entry.nonce);
    } catch (error) {
      if (error instanceof RefusedError)
        this.outbox.mark(entry.nonce, { kind: "refused", sentence: error.message });
      else if (!(error instanceof DisconnectedError)) throw error;
    }
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
function refusalIn(told: AnswerOf<"told">): string | undefined {
  const outcome = told.outcomes[0];
  if (outcome?.status === "refused") return `${outcome.name} does not take messages from you.`;
  if (outcome?.status === "unknown") return `Nobody is called ${outcome.name}.`;
  return undefined;
}
