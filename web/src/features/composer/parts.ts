import { Part } from "../../lib/parts";

const soon = () => import("./soon");

export const fileList = new Part(async () => (await soon()).FileList);
export const moreMenu = new Part(async () => (await soon()).MoreMenu);
export const subjectBar = new Part(async () => (await soon()).SubjectBar);
