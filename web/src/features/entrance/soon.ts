/** What is done once one is in: `parts.ts` loads it. */
export { Arrival } from "./Arrival";
