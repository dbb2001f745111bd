/** The servers that this page speaks to. */
import { Server } from "../model/server";

const scheme = location.protocol === "https:" ? "wss:" : "ws:";

/** The server that the page comes from. */
export const home = new Server("", `${scheme}//${location.host}/ws`);
