/** Meanings: what a slash command comes to, and what a row of their table is. */
import type { Request } from "../wire/kinds";

/** What a line comes to. */
export type Meaning =
  /** It is said as it stands. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "action"; readonly text: string }
  /** It is asked of the server, and nothing but its answer is to be told. */
  | { readonly kind: "ask"; readonly request: Request }
  | { readonly kind: "tell"; readonly names: readonly string[]; readonly text: string }
  | { readonly kind: "say"; readonly room: string; readonly text: string }
  | {
      readonly kind: "gather";
      readonly names: readonly string[];
      readonly room: string;
      readonly text: string;
    }
  | { readonly kind: "join"; readonly room: string; readonly key: string }
  /** To everybody: asked for before it is done. */
  | { readonly kind: "broadcast"; readonly text: string }
  /** A part of the page: what stands beside the room, or lies over it. */
  | { readonly kind: "open"; readonly part: "side" | "dialog"; readonly what: string }
  /** It cannot mean that; a sentence says more, where there is one. */
  | { readonly kind: "misuse"; readonly command: SlashCommand; readonly sentence: string }
  | { readonly kind: "unknown"; readonly word: string; readonly nearest: string };

export interface SlashCommand {
  /** Its name and the other words for it. */
  readonly words: readonly string[];
  /** What may follow it, as `/help` has it. */
  readonly usage: string;
  /** Where its explanation stands among the words of the page. */
  readonly help: CommandHelp;
  /** Says what is meant by what follows; `undefined` where that does not fit. Throws `UnfitDurationError`. */
  readonly mean: (rest: string, room: string) => Meaning | undefined;
}

export type CommandHelp = (typeof HELPS)[number];

export const HELPS = [
  "help",
  "members",
  "rooms",
  "join",
  "leave",
  "msg",
  "group",
  "add",
  "broadcast",
  "me",
  "nick",
  "topic",
  "notify",
  "block",
  "unblock",
  "away",
  "back",
  "search",
  "whois",
  "about",
  "invite",
  "uninvite",
  "knock",
  "kick",
  "ban",
  "unban",
  "mute",
  "unmute",
  "role",
] as const;
