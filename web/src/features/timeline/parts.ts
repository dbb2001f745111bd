import { Part } from "../../lib/parts";
import { withLateWords } from "../../words/words";

const soon = withLateWords(() => import("./soon"));

export const announcer = new Part(async () => (await soon()).Announcer);
export const eventLine = new Part(async () => (await soon()).EventLine);
export const foldLine = new Part(async () => (await soon()).FoldLine);
export const nowPill = new Part(async () => (await soon()).NowPill);
export const unreadBar = new Part(async () => (await soon()).UnreadBar);
