/** Nonces: texts that nobody guesses and nobody makes twice. */

/** Random bytes of one, as a UUID has. */
const BYTES = 16;

/** Return a new one. `crypto.randomUUID` is not there on pages that came without TLS, as on one's own network. */
export function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
