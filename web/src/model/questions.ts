/** Questions: what was asked and is not answered yet. Answers come in the order of the questions, by their ids. */
import type { Answer, FromClient, FromServer, RefusalMessage, Request } from "../wire/kinds";

/** The server said no; `message` is its sentence, for people. */
export class RefusedError extends Error {
  readonly code: string;
  readonly suggestion: string;
  readonly retrySeconds: number;

  constructor(refusal: Pick<RefusalMessage, "code" | "sentence" | "suggestion" | "retry_seconds">) {
    super(refusal.sentence);
    this.name = "RefusedError";
    this.code = refusal.code;
    this.suggestion = refusal.suggestion ?? "";
    this.retrySeconds = refusal.retry_seconds ?? 0;
  }
}

/** The connection was lost, or is not there, so nobody knows whether it was done. */
export class DisconnectedError extends Error {
  /** `message` is empty where the connection's own status says more. */
  constructor(message = "The connection was lost before the answer came.") {
    super(message);
    this.name = "DisconnectedError";
  }
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export class Questions {
  readonly #send: (message: FromClient) => void;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #whenAnswered: (() => void)[] = [];

  constructor(send: (message: FromClient) => void) {
    this.#send = send;
  }

  /** Ask; rejects with `RefusedError` or `DisconnectedError`. */
  ask(request: Request): Promise<Answer> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ ...request, id } as FromClient);
    });
  }

  /** Give an answer to whoever waits for it; returns whether it was one. */
  settle(message: FromServer): boolean {
    if (message.type !== "done" && message.type !== "answer" && message.type !== "refusal") return false;
    const waiting = typeof message.id === "number" ? this.#waiting.get(message.id) : undefined;
    if (waiting === undefined) return false;
    this.#waiting.delete(message.id as number);
    this.#tellAnswered();
    if (message.type === "done") waiting.resolve({ type: "done", message: message.message ?? "" });
    else if (message.type === "refusal") waiting.reject(new RefusedError(message));
    else if (message.answer.type === "refusal") waiting.reject(new RefusedError(message.answer));
    else waiting.resolve(message.answer);
    return true;
  }

  /** Wait until nothing is waited for: everything was answered, or will be no more. */
  answered(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenAnswered.push(resolve);
      this.#tellAnswered();
    });
  }

  #tellAnswered(): void {
    if (this.#waiting.size > 0) return;
    for (const tell of this.#whenAnswered.splice(0)) tell();
  }

  /** Nobody will answer any more. */
  abandon(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#tellAnswered();
    for (const one of waiting) one.reject(new DisconnectedError());
  }
}
