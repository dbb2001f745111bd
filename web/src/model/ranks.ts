/** Ranks: who may do what in a room, as the server decides it (core/permissions.py); it has the last word. */
import type { RoomRole, RoomSettings } from "../wire/kinds";

/** From the least to the most. */
export const ROLES = ["member", "speaker", "assistant", "moderator", "deputy", "owner"] as const;

export type Act =
  | "set_locked_topic"
  | "kick"
  | "mute"
  | "make_speaker"
  | "invite"
  | "ban"
  | "see_bans"
  | "change_pace"
  | "delete_messages"
  | "have_hooks"
  | "make_moderator"
  | "change_settings"
  | "see_audit"
  | "rename";

/** The least role that may do something. */
export const LEAST: Readonly<Record<Act, RoomRole>> = {
  set_locked_topic: "assistant",
  kick: "assistant",
  mute: "assistant",
  make_speaker: "assistant",
  invite: "moderator",
  ban: "moderator",
  see_bans: "moderator",
  change_pace: "moderator",
  delete_messages: "moderator",
  have_hooks: "moderator",
  make_moderator: "deputy",
  change_settings: "deputy",
  see_audit: "deputy",
  rename: "owner",
};

/** Settings that are a moderator's; all others are a deputy's. */
export const PACE: ReadonlySet<keyof RoomSettings> = new Set<keyof RoomSettings>([
  "is_moderated",
  "slow_seconds",
  "speakers_have_accounts",
]);

const SERVER_RANKS: Readonly<Record<string, number>> = { administrator: 1, owner: 2 };

/** Somebody in a room, as far as it matters there. */
export interface Standing {
  readonly role: RoomRole;
  /** What he is on the server: `member`, `administrator`, `owner`; empty for guests, and where that is not known. */
  readonly serverRole: string;
}

/** What somebody's role on the server counts; 0 for members, and for guests. */
export function serverRankOf(serverRole: string | undefined): number {
  return SERVER_RANKS[serverRole ?? ""] ?? 0;
}

/** Whether he looks after the whole server. */
export function isAdministrator(serverRole: string | undefined): boolean {
  return serverRankOf(serverRole) > 0;
}

/** The server's administrators rank above all owners of rooms, and its owners above them. */
export function rankOf({ role, serverRole }: Standing): number {
  const rank = serverRankOf(serverRole);
  return rank > 0 ? ROLES.length - 1 + rank : ROLES.indexOf(role);
}

export function may(one: Standing, act: Act): boolean {
  return rankOf(one) >= ROLES.indexOf(LEAST[act]);
}

/** Nobody acts on somebody of his own rank or a higher one. */
export function mayActOn(one: Standing, act: Act, other: Standing): boolean {
  return may(one, act) && rankOf(one) > rankOf(other);
}

/** What somebody may make of another: up to what he is himself. */
export function rolesFor(one: Standing, other: Standing, hasAccount: boolean): readonly RoomRole[] {
  if (!mayActOn(one, "make_speaker", other)) return [];
  const most = may(one, "make_moderator")
    ? Math.min(rankOf(one), ROLES.length - 1)
    : ROLES.indexOf("speaker");
  if (ROLES.indexOf(other.role) > most) return [];
  return ROLES.filter((role, rank) => rank <= most && (hasAccount || role !== "owner"));
}
