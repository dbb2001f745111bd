/** Naming: how what somebody types becomes the name of a room, and names of people. The server has the last word. */

/** Put the mark of a room before a name that has none. */
export function asRoomName(text: string): string {
  const name = text.trim();
  return name.startsWith("#") ? name : `#${name}`;
}

/** Read names between commas or spaces; each once, with or without an `@`. */
export function parseNames(text: string): readonly string[] {
  const names = text
    .split(/[\s,;]+/u)
    .map((name) => name.replace(/^@/, ""))
    .filter(Boolean);
  return [...new Set(names)];
}
