/** What an administrator may do with somebody, as far as the page knows it; the server has the last word. */
import { serverRankOf } from "../../model/ranks";
import type { Account } from "./useAccounts";

export type Deed = "role" | "eject" | "disable" | "enable" | "ban";

interface You {
  readonly name: string;
  readonly role?: string;
}

/** Nobody acts on somebody of his own rank or a higher one; owners say what everybody is. */
export function deedsFor(account: Account, you: You): readonly Deed[] {
  if (account.name === you.name) return [];
  const isAbove = serverRankOf(you.role) > serverRankOf(account.role);
  const may: Readonly<Record<Deed, boolean>> = {
    role: you.role === "owner",
    eject: isAbove && account.is_present,
    enable: isAbove && account.is_disabled,
    disable: isAbove && !account.is_disabled,
    ban: isAbove,
  };
  return (Object.keys(may) as Deed[]).filter((deed) => may[deed]);
}

/** Whether it takes something from somebody, who may want to know why. */
export function isDangerous(deed: Deed): boolean {
  return deed === "eject" || deed === "disable" || deed === "ban";
}
