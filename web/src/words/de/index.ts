/** German: what is said at once. */
import type { en } from "../en";
import { arrival } from "./arrival";
import { composer } from "./composer";
import { connection } from "./connection";
import { general } from "./general";
import { message } from "./message";
import { notifications } from "./notifications";
import { refusals } from "./refusals";
import { rooms } from "./rooms";
import { servers } from "./servers";
import { sidebar } from "./sidebar";
import { threads } from "./threads";
import { timeline } from "./timeline";

export const de: typeof en = {
  arrival,
  composer,
  connection,
  general,
  notifications,
  message,
  refusals,
  rooms,
  servers,
  sidebar,
  threads,
  timeline,
};
