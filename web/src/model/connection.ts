/** A connection that lasts: it comes back by itself, with what was missed, and says how it is. */

import { takeAhead } from "../wire/ahead";
import type { Answer, AnswerOf, FromServer, Request, Welcome } from "../wire/kinds";
import { Link } from "../wire/link";
import { arrival, isAttempted } from "./arrival";
import { delayMs } from "./backoff";
import { Emitter, until } from "./emitter";
import { type Credentials, type Introduced, Introduction, VERSION } from "./introduction";
import { Listeners } from "./listeners";
import { makeNonce } from "./nonce";
import { noteAnswer } from "./noting";
import { Outbox, type Outgoing, type Written } from "./outbox";
import { Place } from "./place";
import { Questions } from "./questions";
import { DisconnectedError, type RefusedError, refused } from "./refusals";
import { Sender } from "./sender";
import { NOBODY_YET, type Status } from "./status";
import { Vigil } from "./vigil";

export type { Credentials } from "./introduction";

export type { Status } from "./status";

/** Names the ping whose answer shows that everything that followed from coming in has come. */
const SETTLING = "settling";

export class Connection extends Emitter {
  readonly url: string;
  readonly place = new Place();
  readonly outbox: Outbox;
  /** Whether everything that was missed is there. */
  isSettled = false;
  /** Whether the server answers with a delay, because so much is asked. */
  isThrottled = false;
  #status: Status = NOBODY_YET;
  readonly #sender: Sender;
  #introduction: Introduction | undefined;
  #link: Link | undefined;
  #vigil: Vigil | undefined;
  #questions: Questions | undefined;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closing = "";
  #handover: Promise<void> | undefined;
  readonly #complaints = new Listeners<[RefusedError]>();
  /** Called when one is in, with the key of a guest (empty for others). */
  onWelcome: (key: string) => void = () => undefined;

  /** Speak to the server at `url` (`ws:` or `wss:`), once somebody has said who he is. */
  constructor(url: string, outbox = new Outbox()) {
    super();
    this.url = url;
    this.outbox = outbox;
    this.#sender = new Sender(outbox, this.place, (request) => this.ask(request));
    this.place.onRecord((_room, record) => outbox.settle(record));
    this.place.onSnapshot((room) => {
      for (const record of room.timeline.records) outbox.settle(record);
    });
  }

  get status(): Status {
    return this.#status;
  }

  /** Whether it did not come about, or broke, since one was in last: then it is being tried again. */
  get hasFailed(): boolean {
    return this.#failures > 0;
  }

  /** One is about to come in: who one was is being looked up. */
  prepare(): void {
    this.#become({ kind: "connecting" });
  }

  /** Come in as somebody, from now on also after the connection was lost; `hasBeenIn` as on an earlier visit. */
  enter(credentials: Credentials, hasBeenIn = false): void {
    this.#introduction = new Introduction(credentials, hasBeenIn);
    this.#failures = 0;
    this.#connect();
  }

  /** Say from now on something else of who one is, whenever the connection was lost. */
  introduce(credentials: Credentials): void {
    this.#introduction?.replace(credentials);
  }

  /**
   * Be in by something else from now on, as the same person. Nothing is lost by it: what was asked is answered before,
   * and what is asked meanwhile waits. Rejects as `arrival` does.
   */
  async handOver(credentials: Credentials): Promise<void> {
    this.#handover = this.#answered().then(() => {
      this.enter(credentials, true);
      return arrival(this);
    });
    try {
      await this.#handover;
    } finally {
      this.#handover = undefined;
    }
  }

  /** Try now what would be tried later. */
  retryNow(): void {
    if (this.#status.kind === "lost" || this.#status.kind === "ended") this.#connect();
  }

  /** Something has happened that breaks connections, or mends them: find out at once. */
  check(): void {
    // A server that is busy finding out who one is may be as slow as it is; one that cannot be reached may not.
    const isCut = this.#status.kind === "connecting" && navigator.onLine === false;
    if (this.#status.kind === "online" || isCut) this.#vigil?.hurry();
    else if (this.#status.kind === "lost" && navigator.onLine !== false) this.#connect();
  }

  /** Go, and forget who one was and what was known. */
  leave(): void {
    this.hangUp();
    this.#introduction = undefined;
    this.place.forget();
    this.outbox.clear();
    this.#become(NOBODY_YET);
  }

  /** What proved who one is does so no longer: somebody else has found out. The server's last sentence says why. */
  expire(refusal: RefusedError): void {
    this.#introduction = undefined;
    this.#end({ kind: "asking", refusal, isExpired: true, reason: this.#closing });
  }

  /** End it, and be who one is; nothing is said of it. */
  close(): void {
    this.#drop();
  }

  /** Tell the server that one goes. */
  hangUp(): void {
    this.#link?.send({ type: "bye" });
    this.#drop();
  }

  /** Hear what the server complains of that nobody asked for; returns how to stop that. */
  onComplaint(listener: (refusal: RefusedError) => void): () => void {
    return this.#complaints.add(listener);
  }

  /** Ask, as soon as one is in who is just coming in. Rejects with `RefusedError` or `DisconnectedError`. */
  async ask(request: Request): Promise<Answer> {
    // Where that failed, there is no connection, and so it is said.
    if (this.#handover) await this.#handover.catch(() => undefined);
    if (isAttempted(this)) await until(this, () => !isAttempted(this));
    if (this.#questions === undefined || this.#status.kind !== "online") throw new DisconnectedError();
    const note = noteAnswer(this.place, request);
    const answer = await this.#questions.ask(request);
    note(answer);
    return answer;
  }

  /** Ask what is answered with one kind of answer. */
  async query<Type extends Answer["type"]>(request: Request, type: Type): Promise<AnswerOf<Type>> {
    const answer = await this.ask(request);
    if (answer.type !== type) throw new TypeError(`asked for ${type}, and was told ${answer.type}`);
    return answer as AnswerOf<Type>;
  }

  /** Say something as soon as that can be done; it stands in the outbox until it is stored. */
  say(written: Written): Outgoing {
    const entry = this.outbox.add(written, makeNonce(), Date.now());
    this.#sender.notice();
    return entry;
  }

  /**
   * Send what was refused once more. In a conversation it is another message then, for the server remembers what became
   * of the first, and would answer so again.
   */
  resend(nonce: string): void {
    const refused = this.outbox.entries.find((entry) => entry.nonce === nonce);
    if (refused?.room.startsWith("@")) {
      const { room, text, manner, replyTo, files } = refused;
      this.outbox.remove(nonce);
      this.say({ room, text, manner, replyTo, files });
      return;
    }
    this.outbox.retry(nonce);
    this.#sender.notice();
  }

  /** There is more in the outbox than was put there by `say`. */
  flush(): void {
    this.#sender.notice();
  }

  async #answered(): Promise<void> {
    await this.#questions?.answered();
  }

  #connect(): void {
    this.#drop();
    const introduction = this.#introduction;
    if (introduction === undefined) return;
    const introduced = introduction.begin(this.place);
    this.#closing = "";
    this.#become({ kind: "connecting" });
    const ahead = takeAhead(this.url);
    // What was opened ahead may have ended meanwhile, which says nothing of the server.
    let isDoubtful = ahead !== undefined;
    const events = {
      opened: () => {
        // It is reached: how long it takes to find out who one is, a busy server does not know itself.
        this.#vigil?.hear();
        link.send(introduced.hello);
        if (introduced.asked.length === 0) this.#askSettled();
      },
      heard: (message: FromServer) => {
        isDoubtful = false;
        this.#hear(message, introduced);
      },
      closed: () => (isDoubtful ? this.#connect() : this.#lose()),
    };
    const link = new Link(this.url, events, ahead);
    this.#link = link;
    this.#questions = new Questions((message) => link.send(message));
    this.#vigil = new Vigil(
      () => link.send({ type: "ping" }),
      () => this.#lose(),
    );
  }

  #hear(message: FromServer, introduced: Introduced): void {
    this.#vigil?.hear();
    if (this.#questions?.settle(message)) {
      if (this.isThrottled) this.#throttle(false);
      return;
    }
    switch (message.type) {
      case "welcome":
        this.#welcome(message, introduced);
        break;
      case "refusal":
        this.#refuse(refused(message));
        break;
      case "closing":
        this.#close(message.sentence, message.come_back !== false);
        break;
      case "ping":
        this.#link?.send({ type: "pong", ...(message.id == null ? {} : { id: message.id }) });
        break;
      case "pong":
        if (message.id === SETTLING) this.#settle();
        break;
      case "throttled":
        this.#throttle(true);
        break;
      default:
        this.#tell(message);
    }
  }

  #tell(message: FromServer): void {
    const wasCatchingUp = this.place.isCatchingUp;
    this.place.hear(message);
    if (wasCatchingUp && !this.place.isCatchingUp) this.#askSettled();
  }

  #welcome(message: Welcome, { asked, hoped }: Introduced): void {
    this.#failures = 0;
    this.#introduction?.welcomed(message);
    const { you } = this.place;
    // What one has written as somebody is not said by somebody else who logs in afterwards.
    if (you.id !== "" && you.id !== message.you.id && you.name !== message.you.name)
      this.outbox.hold(you.name);
    this.place.welcome(message, asked, hoped);
    if (message.version !== VERSION) {
      this.#end({ kind: "outdated", sentence: "" });
      return;
    }
    this.#become({ kind: "online" });
    this.onWelcome(message.key ?? "");
    if (asked.length > 0 && !this.place.isCatchingUp) this.#askSettled();
  }

  /** Answers come in the order of the questions, so that of this one comes when all that followed from `hello` has. */
  #askSettled(): void {
    this.#link?.send({ type: "ping", id: SETTLING });
  }

  #settle(): void {
    this.isSettled = true;
    this.place.settle();
    this.changed();
    this.#sender.begin();
  }

  #refuse(refusal: RefusedError): void {
    if (this.#status.kind !== "connecting") {
      this.#complaints.tell(refusal);
      return;
    }
    const consequence = this.#introduction?.refused(refusal) ?? "ask";
    this.#drop();
    switch (consequence) {
      case "later":
        this.#failures += 1;
        this.#tryAgainIn(
          Math.max(refusal.retrySeconds * 1_000, delayMs(this.#failures, Math.random())),
          refusal.message,
        );
        break;
      case "anew":
        this.#connect();
        break;
      case "outdated":
        this.#become({ kind: "outdated", sentence: refusal.message });
        break;
      case "expired":
      case "barred":
      case "ask":
        this.#introduction = undefined;
        this.#become({
          kind: "asking",
          refusal,
          isExpired: consequence === "expired",
          reason: consequence === "barred" ? refusal.message : "",
        });
        break;
      default:
        consequence satisfies never;
    }
  }

  #close(sentence: string, isComingBack: boolean): void {
    this.#closing = sentence;
    if (!isComingBack) this.#end({ kind: "ended", sentence });
  }

  #end(status: Status): void {
    this.#drop();
    this.#become(status);
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
    this.#vigil?.end();
    this.#link?.close();
    this.#link = undefined;
    this.#questions?.abandon();
    this.#questions = undefined;
    this.isSettled = false;
    this.isThrottled = false;
    this.#sender.end();
  }

  #throttle(isThrottled: boolean): void {
    this.isThrottled = isThrottled;
    this.changed();
  }

  #become(status: Status): void {
    this.#status = status;
    this.changed();
  }
}
