/** Arriving: waiting until one is in, or is told that one does not come in. */
import type { Emitter } from "./emitter";
import { DisconnectedError } from "./refusals";
import type { Status } from "./status";

interface Attempting extends Emitter {
  readonly status: Status;
  readonly hasFailed: boolean;
}

interface Arriving extends Emitter {
  readonly status: Status;
  readonly isSettled: boolean;
}

/** Whether one is about to be in, for all that is known: a page that was just opened is so in a moment. */
export function isAttempted({ status, hasFailed }: Attempting): boolean {
  return status.kind === "connecting" && !hasFailed;
}

/** Whether one is in, and everything is there that follows from it: the rooms into which one came. */
export function hasArrived({ status, isSettled }: Arriving): boolean {
  return status.kind === "online" && isSettled;
}

/** Whether one is on the way there, as far as it is known. */
export function isArriving(connection: Arriving & Attempting): boolean {
  return isAttempted(connection) || (connection.status.kind === "online" && !connection.isSettled);
}

/** Wait until one has arrived, as long as that takes. Rejects with `RefusedError` or `DisconnectedError`. */
export function arrival(connection: Arriving): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const { status } = connection;
      const isIn = hasArrived(connection);
      if (!isIn && ["connecting", "lost", "online"].includes(status.kind)) return;
      stop();
      if (isIn) resolve();
      else reject((status.kind === "asking" && status.refusal) || new DisconnectedError(""));
    };
    const stop = connection.subscribe(look);
    look();
  });
}
