/** English. Every other catalogue has the same entries; the type checker names those that are missing. */
import { composer } from "./composer";
import { connection } from "./connection";
import { entrance } from "./entrance";
import { general } from "./general";
import { rooms } from "./rooms";
import { search } from "./search";
import { shortcuts } from "./shortcuts";
import { switcher } from "./switcher";
import { timeline } from "./timeline";

export const en = { general, connection, entrance, rooms, timeline, composer, shortcuts, switcher, search };
