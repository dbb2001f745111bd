import { useCallback, useState } from "react";
import { type Asked, useAsked } from "../../lib/useAsked";
import type { Connection } from "../../model/connection";
import { RefusedError } from "../../model/refusals";
import type { AnswerOf } from "../../wire/kinds";

export type Account = AnswerOf<"account_list">["accounts"][number];

export interface Found {
  readonly accounts: readonly Account[];
  /** How many more there are. */
  readonly more: number;
  /** A guest who is called just so. */
  readonly guest: AnswerOf<"person_found"> | undefined;
}

/** Ask for the accounts whose names begin so, page by page as `showMore` is called, and for a guest of that name. */
export function useAccounts(connection: Connection, name: string): Asked<Found> & { showMore: () => void } {
  const [shown, setShown] = useState({ name, pages: 1 });
  const pages = shown.name === name ? shown.pages : 1;
  const ask = useCallback(async (): Promise<Found> => {
    const { accounts, more } = await listAccounts(connection, name, pages);
    return { accounts, more, guest: await findGuest(connection, name) };
  }, [connection, name, pages]);
  return { ...useAsked(ask), showMore: () => setShown({ name, pages: pages + 1 }) };
}

async function listAccounts(connection: Connection, prefix: string, pages: number) {
  const accounts: Account[] = [];
  let more = 1;
  for (let page = 0; page < pages && more > 0; page++) {
    const asked = { type: "list_accounts", prefix, skip: accounts.length } as const;
    const answer = await connection.query(asked, "account_list");
    accounts.push(...answer.accounts);
    more = answer.more ?? 0;
  }
  return { accounts, more };
}

async function findGuest(connection: Connection, name: string) {
  if (name === "") return undefined;
  try {
    const found = await connection.query({ type: "find_person", name }, "person_found");
    return found.has_account ? undefined : found;
  } catch (error) {
    // Nobody is called so, which is no mistake.
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}
