/** Questions: what was asked and is not answered yet. Answers come in the order of the questions, by their ids. */
import type { Answer, FromClient, FromServer, Request } from "../wire/kinds";
import { DisconnectedError, refused } from "./refusals";

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
    else if (message.type === "refusal") waiting.reject(refused(message));
    else if (message.answer.type === "refusal") waiting.reject(refused(message.answer));
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
