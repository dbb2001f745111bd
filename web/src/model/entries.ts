/** Entries of lists that are kept of people: bans, exceptions, invitations. */
import type { BanView } from "../wire/kinds";

/** Return an entry as lists show it. */
export function entryOf({ shown, name, reason, seconds_left: left }: BanView) {
  return { shown, name, reason, secondsLeft: left ?? undefined };
}
