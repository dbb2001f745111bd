// Lay a compressed copy beside each built file: the server only chooses one.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const FILES = fileURLToPath(new URL("../../src/hubbub/static", import.meta.url));
const TEXTS = new Set([".css", ".html", ".js", ".json", ".svg", ".webmanifest"]);
/** What makes a copy worth its place: headers and a second file cost something too. */
const SAVED_BYTES = 256;

for (const entry of await readdir(FILES, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXTS.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  const bytes = await readFile(path);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  for (const [suffix, copy] of [
    [".br", brotliCompressSync(bytes, { params })],
    [".gz", gzipSync(bytes, { level: 9 })],
  ] as const) {
    if (copy.length + SAVED_BYTES < bytes.length) await writeFile(path + suffix, copy);
  }
}
