/** German: what is said at once. */
import type { en } from "../en";
import { account } from "./account";
import { composer } from "./composer";
import { connection } from "./connection";
import { entrance } from "./entrance";
import { events } from "./events";
import { general } from "./general";
import { message } from "./message";
import { notifications } from "./notifications";
import { rooms } from "./rooms";
import { sidebar } from "./sidebar";
import { threads } from "./threads";
import { timeline } from "./timeline";

export const de: typeof en = {
  account,
  composer,
  connection,
  entrance,
  events,
  general,
  notifications,
  message,
  rooms,
  sidebar,
  threads,
  timeline,
};
