/** Reading along: what comes into the room that is looked at is made ready as it comes. */
import type { Place } from "../model/place";
import type { Room } from "../model/room";
import type { HubRecord } from "../wire/kinds";

/** As many messages as one sees of a room at first, and some more. */
export const SEEN = 32;

/**
 * Have `read` called with what comes into a room, after it has come and before it is drawn: the frame that draws it has
 * less to do then. Where many come at once, only the last ones are seen. Returns how to stop that.
 */
export function readAlong(
  place: Place,
  room: Room,
  read: (records: readonly HubRecord[]) => void,
): () => void {
  let come: HubRecord[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    const last = come.slice(-SEEN);
    come = [];
    timer = undefined;
    read(last);
  };
  const stop = place.onRecord((where, record) => {
    if (where !== room || room.past !== undefined || document.visibilityState === "hidden") return;
    come.push(record);
    timer ??= setTimeout(tell);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
