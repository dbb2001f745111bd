/** English. Every other catalogue has the same entries; the type checker names those that are missing. */
import { acts } from "./acts";
import { commands } from "./commands";
import { composer } from "./composer";
import { connection } from "./connection";
import { entrance } from "./entrance";
import { events } from "./events";
import { general } from "./general";
import { governing } from "./governing";
import { making } from "./making";
import { members } from "./members";
import { notifications } from "./notifications";
import { people } from "./people";
import { rooms } from "./rooms";
import { search } from "./search";
import { shortcuts } from "./shortcuts";
import { sidebar } from "./sidebar";
import { switcher } from "./switcher";
import { terms } from "./terms";
import { timeline } from "./timeline";

export const en = {
  acts,
  commands,
  composer,
  connection,
  entrance,
  events,
  general,
  governing,
  making,
  members,
  notifications,
  people,
  rooms,
  search,
  shortcuts,
  sidebar,
  switcher,
  terms,
  timeline,
};
