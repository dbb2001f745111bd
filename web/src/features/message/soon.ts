/** What is done with a message once the pointer or the focus is on it: `parts.ts` loads it. */
export { ActionMenu, Toolbar } from "./Toolbar";
