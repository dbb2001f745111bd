// Build the page in memory, and fail when what its first load brings is more than it may be.
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build, type Rolldown } from "vite";

/** Most bytes that come before anybody can read and write, as they are sent. */
const MOST = { script: 75_000, style: 15_000 };
/** How many are named of those that bring most. */
const NAMED = 15;

const built = (await build({
  root: fileURLToPath(new URL("..", import.meta.url)),
  logLevel: "error",
  build: { write: false },
})) as Rolldown.RolldownOutput;
const first = firstLoad(built.output);
const sizes = {
  script: sum(first.filter((file) => file.fileName.endsWith(".js")).map(compressed)),
  style: sum(first.filter((file) => file.fileName.endsWith(".css")).map(compressed)),
};
console.log(`first load: ${sizes.script} bytes of script, ${sizes.style} of style, compressed`);
const excess = (["script", "style"] as const).filter((kind) => sizes[kind] > MOST[kind]);
for (const kind of excess)
  console.error(
    `At most ${MOST[kind]} bytes of ${kind} may come with the first load (web/scripts/budget.ts).`,
  );
if (excess.length > 0) {
  console.error(`What brings most of it, before it is made small:\n${largest(first).join("\n")}`);
  process.exitCode = 1;
}

type Built = Rolldown.RolldownOutput["output"][number];

/** Return what index.html names: the entry, and what it preloads. */
function firstLoad(output: readonly Built[]): readonly Built[] {
  const page = output.find((file) => file.fileName === "index.html");
  if (page?.type !== "asset") throw new Error("index.html was not built");
  const html = String(page.source);
  return output.filter((file) => html.includes(`"/${file.fileName}"`));
}

function compressed(file: Built): number {
  return brotliCompressSync(file.type === "chunk" ? file.code : file.source).length;
}

/** Return packages and folders, the largest first. */
function largest(files: readonly Built[]): readonly string[] {
  const parts = new Map<string, number>();
  for (const file of files) {
    if (file.type !== "chunk") continue;
    for (const [id, { renderedLength }] of Object.entries(file.modules)) {
      const part = partOf(id);
      parts.set(part, (parts.get(part) ?? 0) + renderedLength);
    }
  }
  return [...parts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, NAMED)
    .map(([part, length]) => `${String(length).padStart(8)} ${part}`);
}

/** `react-dom` of a file in node_modules, `src/features/composer` of one of ours. */
function partOf(id: string): string {
  const [, name] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id) ?? [];
  const [, folder] = /[\\/](src(?:[\\/][^\\/]+){1,2})/.exec(id) ?? [];
  return name ?? folder ?? id;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0);
}
