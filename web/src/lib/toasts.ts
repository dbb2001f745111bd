/** Toasts: sentences that tell what has just happened, and go by themselves. */

export interface Toast {
  readonly id: number;
  readonly kind: "told" | "error";
  readonly sentence: string;
  /** What may be done about it; then it stays until it is done, or closed. */
  readonly action?: { readonly label: string; readonly onChoose: () => void } | undefined;
}

/** How long one stands: long enough to be read twice, in milliseconds. */
const SHOWN_MS = 6_000;

/** More at a time would hide what they are about. */
const MOST = 3;

const listeners = new Set<() => void>();
let shown: readonly Toast[] = [];
let last = 0;

/**
 * Tell somebody something; an error stays until it is closed, and so does what may be answered. Returns what `dismiss`
 * wants to know.
 */
export function tell(sentence: string, kind: Toast["kind"] = "told", action?: Toast["action"]): number {
  const id = ++last;
  show(
    [...shown.filter((toast) => toast.sentence !== sentence), { id, kind, sentence, action }].slice(-MOST),
  );
  if (kind === "told" && action === undefined) setTimeout(() => dismiss(id), SHOWN_MS);
  return id;
}

/** Tell what went wrong: the sentence of a refusal, or of whatever else was thrown. */
export function tellError(error: unknown): void {
  tell(error instanceof Error ? error.message : String(error), "error");
}

export function dismiss(id: number): void {
  show(shown.filter((toast) => toast.id !== id));
}

export const toasts = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): readonly Toast[] => shown,
};

function show(toasts: readonly Toast[]): void {
  shown = toasts;
  for (const listener of listeners) listener();
}
