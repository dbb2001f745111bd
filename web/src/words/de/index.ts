/** German. */
import type { en } from "../en";
import { composer } from "./composer";
import { connection } from "./connection";
import { entrance } from "./entrance";
import { general } from "./general";
import { rooms } from "./rooms";
import { search } from "./search";
import { shortcuts } from "./shortcuts";
import { switcher } from "./switcher";
import { timeline } from "./timeline";

export const de: typeof en = {
  general,
  connection,
  entrance,
  rooms,
  timeline,
  composer,
  shortcuts,
  switcher,
  search,
};
