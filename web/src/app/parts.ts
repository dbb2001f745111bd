import { Part } from "../lib/parts";

/** The tables of dialogs and panes: what their parts are made of is a long list of files. */
export const layers = new Part(() => import("./soon"));
