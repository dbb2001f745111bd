/** What is wanted once one writes more than a few words: `parts.ts` loads it. */
export { FileList } from "./FileList";
export { MoreMenu } from "./MoreMenu";
export { SubjectBar } from "./SubjectBar";
