/** Names of classes: short ones, since every name comes with the script and once more with the styles. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const SOURCES = fileURLToPath(new URL("../src", import.meta.url));

/** Name classes of CSS modules by their place: the same sources are named the same, and no two alike. */
export function classes(): Plugin {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf-8" })
    .filter((path) => path.endsWith(".module.css"))
    .sort()
    .map((path) => join(SOURCES, path));
  const named = new Map<string, Map<string, string>>();

  function generateScopedName(name: string, path: string): string {
    const file = path.replace(/\?.*/, "");
    const inFile = named.get(file) ?? new Map<string, string>();
    named.set(file, inFile);
    const known = inFile.get(name) ?? `${short(files.indexOf(join(file)))}_${short(inFile.size)}`;
    inFile.set(name, known);
    return known;
  }

  return {
    name: "hubbub-classes",
    apply: "build",
    config: () => ({ css: { modules: { generateScopedName } } }),
  };
}

/** A number that may begin a name. */
function short(place: number): string {
  return String.fromCharCode(97 + (place % 26)) + (place < 26 ? "" : Math.floor(place / 26).toString(36));
}
