/** German. */
import type { en } from "../en";
import { composer } from "./composer";
import { entrance } from "./entrance";
import { general } from "./general";
import { rooms } from "./rooms";
import { timeline } from "./timeline";

export const de: typeof en = { general, entrance, rooms, timeline, composer };
