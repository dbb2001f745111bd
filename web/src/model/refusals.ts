/** Refusals: the server said no, or could not be asked. */
import type { RefusalMessage } from "../wire/kinds";

/** What a refusal says. */
export type Told = Pick<RefusalMessage, "code" | "sentence" | "suggestion" | "retry_seconds">;

/** The server said no; `message` is why, for people. */
export class RefusedError extends Error {
  readonly code: string;
  readonly suggestion: string;
  readonly retrySeconds: number;

  constructor(refusal: Told) {
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
  constructor(message = phrases.disconnected()) {
    super(message);
    this.name = "DisconnectedError";
  }
}

/** How refusals are said to whoever reads the page. */
export interface Phrases {
  disconnected(): string;
  /** Return a sentence in the reader's language; `undefined` for the server's own, which knows more. */
  refused(refusal: Told): string | undefined;
}

let phrases: Phrases = {
  disconnected: () => "The connection was lost before the answer came.",
  refused: () => undefined,
};

/** Say refusals so from now on. */
export function phraseRefusals(by: Phrases): void {
  phrases = by;
}

/** Return what is thrown for what the server has said. */
export function refused(refusal: Told): RefusedError {
  return new RefusedError({ ...refusal, sentence: phrases.refused(refusal) ?? refusal.sentence });
}
