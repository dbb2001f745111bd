/** What there is to open: `parts.ts` loads it. */
export { DIALOGS } from "./dialogs";
export { PANES } from "./panes";
