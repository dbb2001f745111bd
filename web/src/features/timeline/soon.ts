/** What is seen beside messages, or only heard: `parts.ts` loads it. */
export { Announcer } from "./Announcer";
export { EventLine } from "./EventLine";
export { FoldLine } from "./FoldLine";
export { NowPill, UnreadBar } from "./Overlays";
