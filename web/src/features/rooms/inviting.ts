/** Inviting: letting several people into a room, each of whom may be refused. */
import type { Connection } from "../../model/connection";
import { RefusedError } from "../../model/questions";

export interface Outcome {
  readonly invited: readonly string[];
  /** Who could not be invited, and why. */
  readonly refused: readonly (readonly [string, string])[];
}

/** Invite them one after the other. Rejects with `DisconnectedError`. */
export async function inviteAll(
  connection: Connection,
  room: string,
  names: readonly string[],
): Promise<Outcome> {
  const invited: string[] = [];
  const refused: (readonly [string, string])[] = [];
  for (const name of names) {
    try {
      await connection.ask({ type: "invite", room, name });
      invited.push(name);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refused.push([name, error.message]);
    }
  }
  return { invited, refused };
}
