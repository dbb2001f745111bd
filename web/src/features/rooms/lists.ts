/** Lists: whom a room keeps out or silent, and whom not; how each is read and changed. */
import type { AnswerOf, Request } from "../../wire/kinds";

export const LISTS = ["bans", "mutes", "silences", "exceptions", "invited", "invitations"] as const;
export type ListName = (typeof LISTS)[number];

export interface Entry {
  readonly shown: string;
  /** Who put them there; empty where that is not told. */
  readonly name: string;
  readonly reason: string;
  /** Until it ends; `undefined` where it does not. */
  readonly secondsLeft: number | undefined;
}

interface NewEntry {
  readonly target: string;
  readonly reason: string;
  readonly seconds: number | null;
}

export function listedIn(
  list: ListName,
  bans: AnswerOf<"ban_list"> | undefined,
  invited: readonly string[],
): readonly Entry[] {
  if (list === "invited")
    return invited.map((shown) => ({ shown, name: "", reason: "", secondsLeft: undefined }));
  return (bans?.[list] ?? []).map(({ shown, name, reason, seconds_left: left }) => ({
    shown,
    name,
    reason,
    secondsLeft: left ?? undefined,
  }));
}

export function addTo(list: ListName, room: string, { target, reason, seconds }: NewEntry): Request {
  switch (list) {
    case "bans":
    case "silences":
      return { type: "ban", room, target, reason, seconds, is_silencing: list === "silences" };
    case "mutes":
      return { type: "mute", room, name: target, reason, seconds };
    case "exceptions":
      return { type: "except", room, target, list: "bans" };
    case "invitations":
      return { type: "except", room, target, list: "invitations" };
    case "invited":
      return { type: "invite", room, name: target };
  }
}

export function removeFrom(list: ListName, room: string, shown: string): Request {
  switch (list) {
    case "bans":
    case "silences":
      return { type: "unban", room, target: shown, is_silencing: list === "silences" };
    case "mutes":
      return { type: "unmute", room, name: shown };
    case "exceptions":
      return { type: "unexcept", room, target: shown, list: "bans" };
    case "invitations":
      return { type: "unexcept", room, target: shown, list: "invitations" };
    case "invited":
      return { type: "uninvite", room, name: shown };
  }
}
