import { useCallback, useEffect, useState } from "react";
import { useWatched } from "../../lib/useWatched";
import type { Connection } from "../../model/connection";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { AnswerOf } from "../../wire/kinds";

export interface Profile {
  readonly person: AnswerOf<"person_found">;
  readonly isBlocked: boolean;
  /** Whether he may write to one alone, whoever else may; only where one accepts some and not all. */
  readonly isAccepted: boolean;
  readonly whom: AnswerOf<"accepted_list">["whom"];
}

export type Asked =
  | { readonly kind: "asking" }
  | { readonly kind: "known"; readonly profile: Profile }
  | { readonly kind: "failed"; readonly sentence: string };

/** Signals after which somebody may look otherwise. */
const CHANGING = new Set(["idling", "returning", "describing", "automating", "appearing", "identifying"]);

const isSettled = (connection: Connection) => connection.isSettled;

/** Ask who somebody is, and again when that may have changed. */
export function useProfile(connection: Connection, name: string, disconnected: string) {
  const [asked, setAsked] = useState<Asked>({ kind: "asking" });
  const [turn, setTurn] = useState(0);
  const isThere = useWatched(connection, isSettled);
  const again = useCallback(() => setTurn((before) => before + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again, and so does a connection that is there again
  useEffect(() => {
    let isCurrent = true;
    ask(connection, name).then(
      (profile) => isCurrent && setAsked({ kind: "known", profile }),
      (error: unknown) => {
        if (!(error instanceof RefusedError || error instanceof DisconnectedError)) throw error;
        const sentence = error instanceof RefusedError ? error.message : disconnected;
        if (isCurrent) setAsked({ kind: "failed", sentence });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [connection, name, disconnected, turn, isThere]);

  useEffect(
    () => connection.place.onSignal((signal) => CHANGING.has(signal.type) && again()),
    [connection, again],
  );

  return { asked, again };
}

async function ask(connection: Connection, name: string): Promise<Profile> {
  const [person, blocks, accepted] = await Promise.all([
    connection.query({ type: "find_person", name }, "person_found"),
    connection.query({ type: "list_blocks" }, "block_list"),
    connection.query({ type: "list_accepted" }, "accepted_list"),
  ]);
  const isIn = (names: readonly string[]) =>
    names.some((one) => one.toLocaleLowerCase() === person.name.toLocaleLowerCase());
  return {
    person,
    isBlocked: isIn(blocks.names),
    isAccepted: isIn(accepted.names),
    whom: accepted.whom,
  };
}
