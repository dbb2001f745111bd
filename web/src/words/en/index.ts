/**
 * English: what is said at once. Every other catalogue has the same entries; the type checker names those that are
 * missing. What only dialogs and panes say stands in late.ts.
 */

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

export const en = {
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
