/** The parser, loaded when the first text is drawn that may have marks. */
import { useEffect, useSyncExternalStore } from "react";
import type { Tree } from "./tree";

export type Parse = (text: string) => Tree;

const listeners = new Set<() => void>();
let parser: Parse | undefined;

/** Return it once it is there, if it is wanted. */
export function useParser(isWanted: boolean): Parse | undefined {
  const known = useSyncExternalStore(subscribe, current);
  const isMissing = isWanted && known === undefined;
  useEffect(() => {
    // Where it does not come, texts stand as they were written; the next that is drawn tries again.
    if (isMissing) load().catch(() => undefined);
  }, [isMissing]);
  return known;
}

async function load(): Promise<void> {
  const { parseText } = await import("./parse");
  if (parser !== undefined) return;
  parser = parseText;
  for (const listener of listeners) listener();
}

function current(): Parse | undefined {
  return parser;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
