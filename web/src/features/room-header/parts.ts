import { Part } from "../../lib/parts";
import { withLateWords } from "../../words/words";

const soon = withLateWords(() => import("./soon"));

export const headerMenu = new Part(async () => (await soon()).HeaderMenu);
export const topicDialog = new Part(async () => (await soon()).TopicDialog);
