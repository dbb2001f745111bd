/** Plain texts: what is shown of a text that has no marks, or whose marks cannot be read yet. */
import type { Tree } from "./tree";

/** A text without any of these has no marks, and most have none: an `@` behind a space calls somebody, and is no mail. */
const MAYBE_MARKED = /[*_~`[\]<>|\\]|:\/\/|www\.|[\w.+-]@|^\s*(?:[-+]|\d{1,9}[.)])(?:\s|$)/im;

export function mayBeMarked(text: string): boolean {
  return MAYBE_MARKED.test(text);
}

/** Return a text without marks. */
export function asWritten(text: string): Tree {
  return [{ kind: "paragraph", children: [{ kind: "text", text }] }];
}

/** Return a text whose marks cannot be read yet: what may be hidden in it is hidden with all of it. */
export function asYetUnread(text: string): Tree {
  if (!text.includes("||")) return asWritten(text);
  return [{ kind: "paragraph", children: [{ kind: "spoiler", children: [{ kind: "text", text }] }] }];
}
