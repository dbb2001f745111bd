// Build the service worker beside the page, and tell it which files the page is made of.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { LICENSES } from "./notices.ts";

const WORKER = fileURLToPath(new URL("../worker/worker.ts", import.meta.url));
const PUBLIC = fileURLToPath(new URL("../public", import.meta.url));
/** Where it is served: it answers for everything beside and below itself. */
const NAME = "sw.js";
/** What is not kept for when there is no network: the page itself is kept under its addresses, and notices can wait. */
const NOT_KEPT = ["index.html", LICENSES];

export function shell(): Plugin {
  return {
    name: "hubbub-shell",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "chunk", id: WORKER, fileName: NAME });
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const worker = bundle[NAME];
        if (worker?.type !== "chunk") throw new Error(`${NAME} was not built`);
        const built = Object.values(bundle).filter((file) => file.fileName !== NAME);
        const publics = readdirSync(PUBLIC);
        const hash = createHash("sha256").update(worker.code);
        for (const file of built) hash.update(file.type === "chunk" ? file.code : file.source);
        for (const name of publics) hash.update(readFileSync(join(PUBLIC, name)));
        const names = built.map((file) => file.fileName).filter((name) => !NOT_KEPT.includes(name));
        const paths = [...names, ...publics].map((name) => `/${name}`).sort();
        const build = JSON.stringify(hash.digest("hex").slice(0, 12));
        worker.code = `const SHELL=${JSON.stringify(paths)},BUILD=${build};${worker.code}`;
      },
    },
  };
}
