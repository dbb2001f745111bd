/** The audit: what moderators and administrators did, as it is read. */
import type { HubRecord } from "../wire/kinds";

export interface Deed {
  readonly id: string;
  readonly timeMs: number;
  readonly name: string;
  readonly act: string;
  readonly target: string;
  /** In which room; empty where it concerns the server. */
  readonly room: string;
  readonly reason: string;
}

/** Read them, the newest first. */
export function deedsIn(records: readonly HubRecord[]): readonly Deed[] {
  return records.flatMap((record) => deedOf(record) ?? []).toReversed();
}

function deedOf({ room, seq, time_ms: timeMs, event }: HubRecord): Deed | undefined {
  if (event.type !== "audited") return undefined;
  const { name, act, target, room_name: where = "", reason = "" } = event;
  return { id: `${room}-${seq}`, timeMs, name, act, target, room: where, reason };
}
