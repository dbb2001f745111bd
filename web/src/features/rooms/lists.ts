/** Lists: whom a room keeps out or silent, and whom not; how each is read and changed. */
import { entryOf } from "../../model/entries";
import type { NewEntry } from "../../ui/EntryForm";
import type { Entry } from "../../ui/EntryList";
import type { AnswerOf, Request } from "../../wire/kinds";

export const LISTS = ["bans", "mutes", "silences", "exceptions", "invited", "invitations"] as const;
export type ListName = (typeof LISTS)[number];

/** Whether it is said why somebody is on it, and for how long. */
export function takesTerm(list: ListName): boolean {
  return list === "bans" || list === "mutes" || list === "silences";
}

/** Whether whole kinds of people may be on it. */
export function takesTargets(list: ListName): boolean {
  return list !== "mutes" && list !== "invited";
}

export function listedIn(
  list: ListName,
  bans: AnswerOf<"ban_list"> | undefined,
  invited: readonly string[],
): readonly Entry[] {
  if (list === "invited")
    return invited.map((shown) => ({ shown, name: "", reason: "", secondsLeft: undefined }));
  return (bans?.[list] ?? []).map(entryOf);
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
