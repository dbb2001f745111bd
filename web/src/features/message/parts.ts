import { Part } from "../../lib/parts";
import { withLateWords } from "../../words/words";

/** What reads marks, and draws those that few texts have. */
export const marks = new Part(() => import("./marks"));

const soon = withLateWords(() => import("./soon"));

export const actionMenu = new Part(async () => (await soon()).ActionMenu);
export const toolbar = new Part(async () => (await soon()).Toolbar);

const picker = withLateWords(() => import("./EmojiPicker"));
export const emojiPicker = new Part(async () => (await picker()).default);
