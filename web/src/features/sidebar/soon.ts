/** What is not seen before somebody asks for it: `parts.ts` loads it. */
export { AwayDialog } from "./AwayDialog";
export { FootMenu } from "./FootMenu";
export { LogOutDialog } from "./LogOutDialog";
export { RoomMenu } from "./RoomMenu";
export { tellNotice } from "./telling";
