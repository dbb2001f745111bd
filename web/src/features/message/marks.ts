/** What is needed once a text has marks: `parts.ts` loads it. */
export { parseText } from "../../lib/markdown/parse";
export { unmark } from "../../lib/markdown/unmark";
export { CodeBlock } from "./CodeBlock";
export { Spoiler } from "./Spoiler";
