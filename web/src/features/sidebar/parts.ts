import { Part } from "../../lib/parts";
import { withLateWords } from "../../words/words";

const soon = withLateWords(() => import("./soon"));

export const awayDialog = new Part(async () => (await soon()).AwayDialog);
export const footMenu = new Part(async () => (await soon()).FootMenu);
export const logOutDialog = new Part(async () => (await soon()).LogOutDialog);
export const roomMenu = new Part(async () => (await soon()).RoomMenu);
export const telling = new Part(async () => (await soon()).tellNotice);
