/** German. */
import type { en } from "../en";
import { composer } from "./composer";
import { connection } from "./connection";
import { entrance } from "./entrance";
import { events } from "./events";
import { general } from "./general";
import { rooms } from "./rooms";
import { search } from "./search";
import { shortcuts } from "./shortcuts";
import { switcher } from "./switcher";
import { timeline } from "./timeline";

export const de: typeof en = {
  composer,
  connection,
  entrance,
  events,
  general,
  rooms,
  search,
  shortcuts,
  switcher,
  timeline,
};
