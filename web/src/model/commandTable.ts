/** The table of slash commands that the page knows: the words and meanings of the text protocol's (`/help` there). */
import type { Request } from "../wire/kinds";
import { isName, splitNames, splitTargets, splitTerm } from "./commandArguments";
import type { CommandHelp, Meaning, SlashCommand } from "./commandMeanings";

const ROLES = ["owner", "deputy", "moderator", "assistant", "speaker", "member"] as const;

const SILENTLY = "silently";

function ask(request: Request): Meaning {
  return { kind: "ask", request };
}

function open(part: "side" | "dialog", what: string): Meaning {
  return { kind: "open", part, what };
}

function meanJoin(rest: string): Meaning | undefined {
  const [room = "", key = "", more] = rest.split(/\s+/);
  if (room === "" || more !== undefined) return undefined;
  return { kind: "join", room: room.startsWith("#") ? room : `#${room}`, key };
}

function meanLeave(rest: string, room: string): Meaning {
  const [first = "", reason] = splitFirst(rest);
  // One word alone is a room, as it is in `/join tea`.
  if (first.startsWith("#") || (first && !reason)) {
    const named = first.startsWith("#") ? first : `#${first}`;
    return ask({ type: "leave", room: named, ...(reason && { reason }) });
  }
  return ask({ type: "leave", room, ...(rest && { reason: rest }) });
}

function meanMessage(rest: string): Meaning | undefined {
  const { names, text } = splitTargets(rest);
  if (names.length === 0 || text.trim() === "") return undefined;
  const [first = ""] = names;
  if (first.startsWith("#")) return names.length === 1 ? { kind: "say", room: first, text } : undefined;
  return { kind: "tell", names, text };
}

function meanGroup(rest: string): Meaning | undefined {
  const { names, text } = splitTargets(rest);
  return names.length > 0 ? { kind: "gather", names, room: "", text: text.trim() } : undefined;
}

function meanTopic(rest: string, room: string): Meaning | undefined {
  const [first = "", more = ""] = splitFirst(rest);
  const named = first.startsWith("#");
  const text = named ? more : rest;
  if (text === "") return ask({ type: "find_topic", room: named ? first : room });
  return ask({ type: "set_topic", room: named ? first : room, text: text === "-" ? "" : text });
}

/** The words after `/notify`, and some that come to mind: as `wire/slash/attention.py` has them. */
const LEVELS = {
  all: "all",
  mentions: "mentions",
  nothing: "nothing",
  none: "nothing",
  off: "nothing",
  default: "default",
  on: "default",
} as const;

function meanNotify(rest: string, here: string): Meaning | undefined {
  const [first = "", more = ""] = splitFirst(rest);
  const [room, word] = /^[#@]/.test(first) ? [first, more] : [here, rest];
  const level = Object.entries(LEVELS).find(([one]) => one === word.trim().toLowerCase())?.[1];
  return level && ask({ type: "set_level", room, level });
}

function meanBlock(rest: string): Meaning | undefined {
  const words = splitNames(rest);
  const silent = words.length > 1 && words.at(-1)?.toLowerCase() === SILENTLY;
  const { names, seconds } = splitTerm(silent ? words.slice(0, -1) : words);
  // Anywhere else the word is a mistake, and who makes it would tell those he does not want to tell.
  const isClear = words.length === 1 || !names.some((name) => name.toLowerCase() === SILENTLY);
  if (names.length === 0 || !isClear) return undefined;
  return ask({ type: "block", names: [...names], silent, ...(seconds !== undefined && { seconds }) });
}

function meanUnblock(rest: string): Meaning | undefined {
  const names = splitNames(rest);
  return names.length > 0 ? ask({ type: "unblock", names: [...names] }) : undefined;
}

function meanInvite(rest: string, room: string): Meaning | undefined {
  const [name = "", where, more] = rest.split(/\s+/);
  return isName(name) && more === undefined ? ask({ type: "invite", room: where || room, name }) : undefined;
}

function meanKick(rest: string, room: string): Meaning | undefined {
  const [name = "", reason = ""] = splitFirst(rest);
  return isName(name) ? ask({ type: "kick", room, name, reason }) : undefined;
}

/** `NAME [for 2h] [reason]`. */
function withTerm(make: (target: string, reason: string, seconds: number | null, room: string) => Request) {
  return (rest: string, room: string): Meaning | undefined => {
    const [target = "", more = ""] = splitFirst(rest);
    if (target === "") return undefined;
    const { names, seconds, after } = splitTerm(["", ...more.split(/\s+/)], true);
    const reason = seconds === undefined ? more : [...names.slice(1), ...after].join(" ");
    return ask(make(target, reason, seconds ?? null, room));
  };
}

function meanOne(make: (name: string, room: string) => Request) {
  return (rest: string, room: string): Meaning | undefined =>
    rest !== "" && !/\s/.test(rest) ? ask(make(rest, room)) : undefined;
}

function meanRole(rest: string, room: string): Meaning | undefined {
  const [name = "", word = ""] = splitFirst(rest);
  const near = ROLES.filter((role) => word !== "" && role.startsWith(word.toLowerCase()));
  const [role] = near;
  return name && role && near.length === 1 ? ask({ type: "set_role", room, name, role }) : undefined;
}

function splitFirst(rest: string): [string, string] {
  const [, first = "", more = ""] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
  return [first, more];
}

function row(
  words: readonly string[],
  usage: string,
  help: CommandHelp,
  mean: SlashCommand["mean"],
): SlashCommand {
  return { words, usage, help, mean };
}

/** Where what follows has to be there, and is all of it. */
function whole(make: (rest: string, room: string) => Meaning) {
  return (rest: string, room: string): Meaning | undefined => (rest ? make(rest, room) : undefined);
}

function bare(make: (room: string) => Meaning) {
  return (rest: string, room: string): Meaning | undefined => (rest ? undefined : make(room));
}

export const COMMANDS: readonly SlashCommand[] = [
  row(
    ["me"],
    "TEXT",
    "me",
    whole((text) => ({ kind: "action", text })),
  ),
  row(["msg", "tell", "whisper", "w"], "NAME[,NAME…] TEXT", "msg", meanMessage),
  row(["join", "j"], "#ROOM [KEY]", "join", meanJoin),
  row(["leave", "part"], "[#ROOM] [REASON]", "leave", meanLeave),
  row(["group"], "NAME,NAME… [TEXT]", "group", meanGroup),
  row(["add"], "NAME[,NAME…]", "add", (rest, room) => {
    const names = splitNames(rest);
    return names.length > 0 ? { kind: "gather", names, room, text: "" } : undefined;
  }),
  row(
    ["nick", "name"],
    "NAME",
    "nick",
    meanOne((name) => ({ type: "rename", name })),
  ),
  row(["topic"], "[#ROOM] [TEXT | -]", "topic", meanTopic),
  row(["notify"], "[#ROOM] all | mentions | nothing | default", "notify", meanNotify),
  row(["away"], "[TEXT]", "away", (message) => ask({ type: "go_away", message })),
  row(
    ["back"],
    "",
    "back",
    bare(() => ask({ type: "come_back" })),
  ),
  row(["block", "ignore"], "NAME… [for 2h] [silently]", "block", meanBlock),
  row(["unblock", "unignore"], "NAME…", "unblock", meanUnblock),
  row(["invite"], "NAME [#ROOM]", "invite", meanInvite),
  row(
    ["uninvite"],
    "NAME",
    "uninvite",
    meanOne((name, room) => ({ type: "uninvite", room, name })),
  ),
  row(
    ["knock"],
    "#ROOM [TEXT]",
    "knock",
    whole((rest) => {
      const [room, text] = splitFirst(rest);
      return ask({ type: "ask_in", room, text });
    }),
  ),
  row(["kick"], "NAME [REASON]", "kick", meanKick),
  row(
    ["ban"],
    "WHO [for 2h] [REASON]",
    "ban",
    withTerm((target, reason, seconds, room) => ({
      type: "ban",
      room,
      target,
      reason,
      seconds,
    })),
  ),
  row(
    ["unban"],
    "WHO",
    "unban",
    meanOne((target, room) => ({ type: "unban", room, target })),
  ),
  row(
    ["mute"],
    "NAME [for 10m] [REASON]",
    "mute",
    withTerm((name, reason, seconds, room) => ({
      type: "mute",
      room,
      name,
      reason,
      seconds,
    })),
  ),
  row(
    ["unmute"],
    "NAME",
    "unmute",
    meanOne((name, room) => ({ type: "unmute", room, name })),
  ),
  row(["role"], "NAME ROLE", "role", meanRole),
  row(
    ["whois"],
    "NAME",
    "whois",
    meanOne((name) => ({ type: "find_person", name })),
  ),
  row(
    ["about"],
    "TEXT | -",
    "about",
    whole((text) => ask({ type: "describe", text: text === "-" ? "" : text })),
  ),
  row(
    ["search", "find"],
    "WORDS",
    "search",
    whole((words) => open("side", `search/${words}`)),
  ),
  row(
    ["list", "who", "names"],
    "",
    "members",
    bare(() => open("side", "members")),
  ),
  row(
    ["rooms"],
    "",
    "rooms",
    bare(() => open("dialog", "browse")),
  ),
  row(
    ["broadcast"],
    "TEXT",
    "broadcast",
    whole((text) => ({ kind: "broadcast", text })),
  ),
  row(["help", "?"], "", "help", () => open("dialog", "writing")),
];
