/**
 * Emoji: what the picker asks for, served by ourselves, with no more of it than the picker reads; and their shortcodes,
 * with no more than the composer completes.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const LANGUAGES = ["en", "de"] as const;
const FOLDER = new URL("../node_modules/emojibase-data/", import.meta.url);
const READ = ["emoji", "group", "label", "order", "skins", "subgroup", "tags", "tone", "version"];

/** The module of shortcodes, in which `src/lib/emoji.ts` finds them. */
const SHORTCODES = "virtual:shortcodes";

/** Lay `LANGUAGE/data.json` and `messages.json` beside the page, in a folder named by what is in them: `EMOJI_AT`. */
export function emoji(): Plugin {
  const sources = LANGUAGES.flatMap((language) =>
    ["data", "messages"].map((name) => `${language}/${name}.json`),
  ).map((path) => [path, read(path)] as const);
  const hash = createHash("sha256").update(JSON.stringify(sources)).digest("hex").slice(0, 8);
  const folder = `assets/emoji-${hash}`;
  const files = new Map(sources.map(([path, source]) => [`${folder}/${path}`, source]));
  return {
    name: "emoji",
    resolveId: (id) => (id === SHORTCODES ? `\0${SHORTCODES}` : undefined),
    load: (id) => (id === `\0${SHORTCODES}` ? `export default ${JSON.stringify(shortcodes())}` : undefined),
    config: () => ({ define: { EMOJI_AT: JSON.stringify(`/${folder}`) } }),
    // After the list of what is kept for being offline: two thirds of a megabyte that most people never ask for.
    generateBundle: {
      order: "post",
      handler() {
        for (const [fileName, source] of files) this.emitFile({ type: "asset", fileName, source });
      },
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const found = files.get((request.url ?? "").slice(1));
        if (found === undefined) next();
        else response.setHeader("content-type", "application/json").end(found);
      });
    },
  };
}

/** Return of each emoji that has some: the sign, what it is called in English, and its shortcodes. */
function shortcodes(): readonly (readonly string[])[] {
  const parse = (path: string) => JSON.parse(readFileSync(fileURLToPath(new URL(path, FOLDER)), "utf-8"));
  const all: readonly { hexcode: string; unicode: string; label: string }[] = parse("en/compact.json");
  const codes: Readonly<Record<string, string | readonly string[]>> = parse("en/shortcodes/github.json");
  return all.flatMap(({ hexcode, unicode, label }) => {
    const known = codes[hexcode];
    return known === undefined ? [] : [[unicode, label, ...[known].flat()]];
  });
}

function read(path: string): string {
  const value: unknown = JSON.parse(readFileSync(fileURLToPath(new URL(path, FOLDER)), "utf-8"));
  if (!path.endsWith("data.json")) return JSON.stringify(value);
  return JSON.stringify(value, (key, inner) =>
    key === "" || /^\d+$/.test(key) || READ.includes(key) ? inner : undefined,
  );
}
