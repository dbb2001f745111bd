import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { type Alias, defineConfig } from "vite";
import { classes } from "./scripts/classes.ts";
import { door } from "./scripts/door.ts";
import { emoji } from "./scripts/emoji.ts";
import { icons } from "./scripts/icons.ts";
import { LICENSES, notices } from "./scripts/notices.ts";
import { shell } from "./scripts/shell.ts";

/** A server to develop against: `make run` beside `npm run dev`. */
const SERVER = "http://127.0.0.1:4242";

const VENDOR = /[\\/]node_modules[\\/](preact|react|react-dom|scheduler|@tanstack)[\\/]/;
/** What is loaded once the page is drawn, and nothing else is to be done: `src/app/loadSoon.ts`. */
const SOON = /[\\/]src[\\/](app|features[\\/][\w-]+)[\\/]soon\.ts$/;
/** The service worker stands alone. */
const WORKER = /[\\/]web[\\/]worker[\\/]/;

/** Components are written for React, and drawn by Preact: docs/decisions/preact.md. */
const PREACT: readonly Alias[] = [
  { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
  { find: /^react-dom\/server$/, replacement: "preact/compat/server" },
  { find: /^react-dom$/, replacement: "preact/compat" },
  { find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
  { find: /^react$/, replacement: "preact/compat" },
];

export default defineConfig({
  plugins: [react(), icons(), classes(), door(PREACT), shell(), emoji(), notices()],
  resolve: { alias: [...PREACT] },
  build: {
    outDir: fileURLToPath(new URL("../src/hubbub/static", import.meta.url)),
    emptyOutDir: true,
    target: "es2023",
    // The policy of the page allows no `data:` scripts, and an inlined picture is one that cannot be kept apart.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Whoever is given the page is given the notices of those whose work is in it.
    license: { fileName: LICENSES },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files compress better than many: what changes seldom, what is needed at once, what comes later.
          groups: [
            { name: "vendor", test: VENDOR, tags: ["$initial"], priority: 2 },
            { name: "app", test: (id) => !WORKER.test(id), tags: ["$initial"], priority: 1 },
            { name: "soon", test: SOON, priority: 1 },
            { name: "shared", test: /[\\/](src|node_modules)[\\/]/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/ws": { target: SERVER, ws: true },
      "/api": SERVER,
      "/f": SERVER,
    },
  },
});
