/** What is not seen before somebody asks for it: `parts.ts` loads it. */
export { HeaderMenu } from "./HeaderMenu";
export { TopicDialog } from "./TopicDialog";
