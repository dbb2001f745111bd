/** Inviting: letting several people into a room, each of whom may be refused. */
import type { Connection } from "../../model/connection";
import { RefusedError } from "../../model/refusals";
import type { LateWords } from "../../words/words";

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

/** Take them into a group, all at once. Rejects with `RefusedError` where nobody comes, and `DisconnectedError`. */
export async function gatherAll(
  connection: Connection,
  room: string,
  names: readonly string[],
  words: LateWords["people"],
): Promise<Outcome> {
  const { outcomes } = await connection.query({ type: "gather", names: [...names], room }, "gathered");
  const isIn = (status: string) => status === "delivered" || status === "waiting";
  const left = outcomes.filter(({ status }) => !isIn(status));
  return {
    invited: outcomes.filter(({ status }) => isIn(status)).map(({ name }) => name),
    refused: left.map(({ name, status }) => [
      name,
      words[status === "unknown" ? "unknown" : "refused"](name),
    ]),
  };
}
