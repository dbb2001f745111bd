/** The early door: draws it into index.html in every language, and lays the script beside it that shows it. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Alias, build, type HtmlTagDescriptor, type Plugin, type Rolldown } from "vite";
import { LANGUAGES, type Language } from "../src/words/languages.ts";
import { classes } from "./classes.ts";
import { icons } from "./icons.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const ENTRANCE = join(ROOT, "src/features/entrance");
/** What is drawn, and so its styles are wanted from the start. */
const DRAWN = /[\\/]features[\\/]entrance[\\/]Entrance\.tsx$/;

export function door(alias: readonly Alias[]): Plugin {
  let script = "";
  let name = "";
  let templates: HtmlTagDescriptor[] = [];
  return {
    name: "hubbub-door",
    apply: "build",
    async buildStart() {
      script = await buildScript();
      name = `assets/door-${createHash("sha256").update(script).digest("hex").slice(0, 8)}.js`;
      templates = await drawTemplates(alias);
      this.emitFile({ type: "asset", fileName: name, source: script });
    },
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle }) => [
        { tag: "script", attrs: { defer: true, src: `/${name}` }, injectTo: "head-prepend" },
        ...stylesOf(bundle ?? {}).map((path) => ({
          tag: "link",
          attrs: { rel: "stylesheet", href: `/${path}` },
          injectTo: "head" as const,
        })),
        ...templates,
      ],
    },
  };
}

/** Build what shows it, in one file that needs no other. */
async function buildScript(): Promise<string> {
  const built = (await build({
    root: ROOT,
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      target: "es2023",
      modulePreload: false,
      rolldownOptions: { input: join(ENTRANCE, "earlyScript.ts"), output: { format: "iife" } },
    },
  })) as Rolldown.RolldownOutput;
  return built.output[0].code;
}

/** Draw it by what the page draws it by. */
async function drawTemplates(alias: readonly Alias[]): Promise<HtmlTagDescriptor[]> {
  const folder = await mkdtemp(join(ROOT, "node_modules/.door-"));
  try {
    await build({
      root: ROOT,
      configFile: false,
      logLevel: "error",
      plugins: [icons(), classes()],
      resolve: { alias: [...alias] },
      ssr: { noExternal: true },
      build: { ssr: join(ENTRANCE, "EarlyDoor.tsx"), outDir: folder },
    });
    // What speaks a language tells the document.
    Object.assign(globalThis, { document: { documentElement: {} } });
    const { draw } = (await import(pathToFileURL(join(folder, "EarlyDoor.js")).href)) as {
      draw: (language: Language) => Promise<string>;
    };
    const drawn: HtmlTagDescriptor[] = [];
    for (const language of Object.keys(LANGUAGES) as Language[])
      drawn.push({
        tag: "template",
        attrs: { "data-door": language },
        children: withoutStyles(await draw(language)),
        injectTo: "body",
      });
    return drawn;
  } finally {
    Reflect.deleteProperty(globalThis, "document");
    await rm(folder, { recursive: true });
  }
}

/** The page's policy forbids styles in its text: the script sets them. */
function withoutStyles(html: string): string {
  return html.replaceAll(' style="', ' data-style="');
}

/** Return which files hold the styles of what is drawn, beyond those that every page has. */
function stylesOf(bundle: Rolldown.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const chunk = chunks.find(({ modules }) => Object.keys(modules).some((id) => DRAWN.test(id)));
  if (chunk === undefined) throw new Error("the door was not built");
  const first = chunks.find(({ isEntry, fileName }) => isEntry && fileName !== "sw.js");
  const known = new Set(first && reach(first, bundle));
  return [...reach(chunk, bundle)].filter((path) => !known.has(path));
}

/** Return the styles of a chunk, and of those that it imports. */
function reach(
  chunk: Rolldown.OutputChunk,
  bundle: Rolldown.OutputBundle,
  seen = new Set<string>(),
): Set<string> {
  for (const path of chunk.viteMetadata?.importedCss ?? []) seen.add(path);
  for (const name of chunk.imports) {
    const imported = bundle[name];
    if (imported?.type === "chunk") reach(imported, bundle, seen);
  }
  return seen;
}
