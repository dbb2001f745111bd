/** A colour for a name: the same everywhere and always, and none for which red-green eyes need another. */
import { graphemesOf } from "./graphemes";

/** Hues of names that were asked for: of most of them it is asked with each message. */
const known = new Map<string, number>();

/** Most of those that are kept. */
const MOST_KNOWN = 4_096;

/** Return a hue in degrees, of OKLCH. */
export function hueOf(name: string): number {
  let hue = known.get(name);
  if (hue === undefined) {
    hue = hash(name);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, hue);
  }
  return hue;
}

function hash(name: string): number {
  let value = 2166136261; // FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/
  for (const character of name.toLocaleLowerCase()) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16777619);
  }
  return ((value >>> 0) % 24) * 15;
}

/** Return one or two characters that stand for a name. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/^[#@]/, "")
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const first = words.slice(0, 2).map(firstOf);
  return first.join("").toLocaleUpperCase() || "?";
}

/** What people take for the first letter: in ASCII that is one, without asking what is dear to ask. */
function firstOf(word: string): string {
  return /^[!-~](?=[!-~]|$)/.exec(word)?.[0] ?? graphemesOf(word).containing(0)?.segment ?? "";
}
