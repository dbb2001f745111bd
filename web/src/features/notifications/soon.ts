/** What calls somebody who does not look: `parts.ts` loads it. */
export { Attention } from "./Attention";
export { Invitation } from "./Invitation";
