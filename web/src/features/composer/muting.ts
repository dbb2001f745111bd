/** Whether one was muted: the last word on it among what is loaded. */
import type { EventOf, HubRecord } from "../../wire/kinds";

/**
 * Return what finds the event by which `you` were muted last, and not unmuted since, in the records of one room. It
 * remembers how far it has looked, and looks at each record once.
 */
export function muteFinder(you: string): (records: readonly HubRecord[]) => EventOf<"muted"> | undefined {
  let first = 0;
  let last = 0;
  let found: EventOf<"muted"> | undefined;
  return (records) => {
    const from = records[0]?.seq ?? 0;
    // More of the past was loaded, or something between is missing: what was known may not hold.
    const isAnew = from < first || from > last + 1;
    const event = lastWord(records, you, isAnew ? 0 : last);
    if (event !== undefined || isAnew) found = event?.type === "muted" ? event : undefined;
    first = from;
    last = records.at(-1)?.seq ?? 0;
    return found;
  };
}

function lastWord(records: readonly HubRecord[], you: string, after: number) {
  for (let at = records.length - 1; at >= 0; at -= 1) {
    const record = records[at];
    if (record === undefined || record.seq <= after) break;
    const { event } = record;
    if ((event.type === "muted" || event.type === "unmuted") && event.person === you) return event;
  }
  return undefined;
}
