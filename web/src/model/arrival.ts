/** Arriving: waiting until one is in, or is told that one does not come in. */
import type { Emitter } from "./emitter";
import { DisconnectedError } from "./questions";
import type { Status } from "./status";

/** Wait until one is in, as long as that takes. Rejects with `RefusedError` or `DisconnectedError`. */
export function arrival(connection: Emitter & { readonly status: Status }): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const { status } = connection;
      if (status.kind === "connecting" || status.kind === "lost") return;
      stop();
      if (status.kind === "online") resolve();
      else reject((status.kind === "asking" && status.refusal) || new DisconnectedError(""));
    };
    const stop = connection.subscribe(look);
    look();
  });
}
