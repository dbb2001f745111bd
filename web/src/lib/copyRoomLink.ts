import { copyAndTell } from "./copy";
import { currentRoute } from "./history";
import { writeRoute } from "./routes";

/** Copy the address of a room, on the server that is shown; `done` tells that it was. */
export function copyRoomLink(name: string, done: string): void {
  const { server } = currentRoute();
  const path = writeRoute({ view: { kind: "room", name }, side: "", dialog: "", server });
  void copyAndTell(`${location.origin}${path}`, done);
}
