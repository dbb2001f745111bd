/**
 * Notices: `licenses.txt` names everybody whose work is in the page. Vite lists whose modules are in it; of what stands in
 * `dependencies` and is none, such as data that `emoji.ts` reads, the notices are added here.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** What others ask whose work is in the page. */
export const LICENSES = "licenses.txt";

const WEB = new URL("../", import.meta.url);

/** Add who is missing. */
export function notices(): Plugin {
  return {
    name: "hubbub-notices",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const file = bundle[LICENSES];
        if (file?.type !== "asset") throw new Error(`${LICENSES} was not written`);
        file.source = addMissing(String(file.source));
      },
    },
  };
}

/** Return the notices together with those of dependencies that are not among them. */
export function addMissing(text: string): string {
  const { dependencies } = readJson("package.json") as { dependencies: Record<string, string> };
  const missing = Object.keys(dependencies).filter((name) => !text.includes(`\n## ${name} - `));
  return text + missing.map(noticeOf).join("");
}

function noticeOf(name: string): string {
  const folder = `node_modules/${name}`;
  const { version, license } = readJson(`${folder}/package.json`) as { version: string; license: string };
  const file = readdirSync(at(folder)).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined) throw new Error(`${name} has no notice that could be shown`);
  return `\n## ${name} - ${version} (${license})\n\n${read(`${folder}/${file}`).trim()}\n`;
}

function readJson(path: string): unknown {
  return JSON.parse(read(path));
}

function read(path: string): string {
  return readFileSync(at(path), "utf-8");
}

function at(path: string): string {
  return fileURLToPath(new URL(path, WEB));
}
