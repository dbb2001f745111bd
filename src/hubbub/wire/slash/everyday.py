"""Everyday commands: coming and going, talking, and refusing to hear people."""

from typing import Final

from hubbub.core.durations import UnfitDurationError, take_duration
from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.gathering import Gather
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.renaming import Rename
from hubbub.core.features.topics import SetTopic
from hubbub.core.queries import FindTopic, ListBlocks, ListMembers, ListRooms
from hubbub.wire.slash.arguments import FOR, choose_room, in_room, split_names, with_term
from hubbub.wire.slash.meanings import NO_ROOM, GatherAndSay, Help, Meaning, Misuse, Ping, Quit, SlashCommand

SILENTLY: Final = "silently"
"""The word at the end of `/block` that leaves the blocked in the belief that they are heard."""


def _split_targets(rest: str) -> tuple[tuple[str, ...], str]:
    """Return the names at the beginning, and what follows; no names where another was to come."""
    targets, _, text = rest.partition(" ")
    # After a comma another name is to come, also behind a space: `/msg ann, bob hi`.
    while targets.endswith(",") and text.strip():
        more, _, text = text.strip().partition(" ")
        targets += more
    return tuple(name for name in targets.split(",") if name) if not targets.endswith(",") else (), text


def _mean_message(rest: str, _room: str) -> Meaning | None:
    names, text = _split_targets(rest)
    if not names or not text.strip():
        return None
    return Say(",".join(names), text) if names[0].startswith("#") else Tell(names, text)


def _mean_group(rest: str, _room: str) -> Meaning | None:
    names, text = _split_targets(rest)
    if not names:
        return None
    return GatherAndSay(names, text) if text.strip() else Gather(names)


def _mean_add(rest: str, room: str) -> Meaning | None:
    names = split_names(rest)
    return Gather(names, room) if names else None


def _mean_join(rest: str, _room: str) -> Meaning | None:
    words = rest.split()
    return Join(*words) if len(words) in {1, 2} else None


def _mean_leave(rest: str, room: str) -> Meaning | None:
    first, _, reason = rest.partition(" ")
    # One word alone is a room, as it is in `/join tea`.
    if first.startswith("#") or (first and not reason):
        return Leave(first, reason.strip())
    return Leave(room, rest) if room else Misuse("You are in no room that you could leave.")


def _mean_topic(rest: str, room: str) -> Meaning | None:
    room, rest = choose_room(rest, room)
    if not room:
        return NO_ROOM
    return SetTopic(room, "" if rest == "-" else rest) if rest else FindTopic(room)


def _mean_block(rest: str, _room: str) -> Meaning | None:
    words = split_names(rest)
    silent = len(words) > 1 and words[-1].lower() == SILENTLY
    names, seconds = _split_end(words[:-1] if silent else words)
    # Anywhere else the word is a mistake, and who makes it would tell those he does not want to tell.
    is_clear = len(words) == 1 or SILENTLY not in map(str.lower, names)
    return Block(names, silent, seconds) if names and is_clear else None


def _split_end(words: tuple[str, ...]) -> tuple[tuple[str, ...], int | None]:
    """Return the names, and the seconds that a `for 2h` behind them stands for; raises `UnfitDurationError`."""
    for place, word in enumerate(words[1:-1], 1):
        if word.lower() == FOR and words[place + 1][0].isdigit():
            seconds, taken = take_duration(list(words[place + 1 :]))
            if place + 1 + taken < len(words):
                raise UnfitDurationError("Say for how long at the end: /block ann, bob for 2h")
            return words[:place], seconds
    return words, None


def _mean_rename(rest: str, _room: str) -> Meaning | None:
    return Rename(rest) if rest else None


def _mean_broadcast(rest: str, _room: str) -> Meaning | None:
    return Broadcast(rest) if rest else None


def _mean_unblock(rest: str, _room: str) -> Meaning | None:
    names = split_names(rest)
    return Unblock(names) if names else None


def _mean_list(rest: str, room: str) -> Meaning | None:
    if rest:
        return ListMembers(rest)
    return ListMembers(room) if room else NO_ROOM


def _mean_action(rest: str, room: str) -> Meaning | None:
    if not rest:
        return None
    return Say(room, rest, "action") if room else NO_ROOM


EVERYDAY: Final = (
    SlashCommand(("help", "?"), "[command]", "this list, or one command", lambda rest, _: Help(rest)),
    SlashCommand(("list", "who", "names"), "[#room]", "who is in the room", _mean_list),
    SlashCommand(("rooms",), "", "which rooms there are", lambda _rest, _room: ListRooms()),
    SlashCommand(("join", "j"), "#room [KEY]", "come into a room, or turn to it", _mean_join),
    SlashCommand(("leave", "part"), "[#room] [reason]", "go out of a room", _mean_leave),
    SlashCommand(("msg", "tell"), "NAME[,NAME…] text", "write to some people alone", _mean_message),
    SlashCommand(("group",), "NAME,NAME… [text]", "talk with some people together", _mean_group),
    SlashCommand(("add",), "NAME[,NAME…]", "take them into the group", in_room(_mean_add)),
    SlashCommand(("whisper", "w"), "NAME text", "write to one person alone", _mean_message),
    SlashCommand(("broadcast",), "text", "write to everyone on the server", _mean_broadcast),
    SlashCommand(("me",), "text", "say what you do: * ann waves", _mean_action),
    SlashCommand(("nick", "name"), "NAME", "be called something else", _mean_rename),
    SlashCommand(("topic",), "[#room] [text | -]", "ask, say or (-) clear the topic", _mean_topic),
    SlashCommand(("block", "ignore"), "NAME… [for 2h] [silently]", "hear them no longer", with_term(_mean_block)),
    SlashCommand(("unblock", "unignore"), "NAME…", "hear them again", _mean_unblock),
    SlashCommand(("blocks",), "", "whom you block", lambda _rest, _room: ListBlocks()),
    SlashCommand(("away",), "[message]", "be away; who writes you is told", lambda rest, _: GoAway(rest)),
    SlashCommand(("back",), "", "be there again", lambda _rest, _room: ComeBack()),
    SlashCommand(
        ("ping",), "[token]", "an answer when all before it is done", lambda rest, _: Ping(rest), is_listed=False
    ),
    SlashCommand(("exit", "quit", "q"), "[reason]", "leave the server", lambda rest, _: Quit(rest)),
)
"""What everybody needs."""
