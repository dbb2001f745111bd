import { Part } from "../../lib/parts";

const soon = () => import("./soon");

export const attention = new Part(async () => (await soon()).Attention);
export const invitation = new Part(async () => (await soon()).Invitation);
