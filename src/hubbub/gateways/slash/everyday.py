"""Slash commands: one table says how each is written, what it means and how it is explained."""

from collections.abc import Callable
from typing import Final

import msgspec

from hubbub.core.catalog import AnyCommand
from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.renaming import Rename
from hubbub.core.features.topics import SetTopic
from hubbub.core.queries import AnyQuery, FindHistory, FindTopic, ListBlocks, ListMembers, ListRooms
from hubbub.core.words import nearest

HISTORY_DEFAULT: Final = 20
"""Messages that `/history` shows when no number is given."""

SILENTLY: Final = "silently"
"""The word at the end of `/block` that leaves the blocked in the belief that they are heard."""


class Help(msgspec.Struct, frozen=True):
    """The client wants an explanation: of one command, or (empty) of all."""

    topic: str


class Ping(msgspec.Struct, frozen=True):
    """The client wants an answer that proves that everything before it is done."""

    token: str


class Quit(msgspec.Struct, frozen=True):
    """The client takes its leave."""

    reason: str


class Misuse(msgspec.Struct, frozen=True):
    """The command cannot mean that; a sentence says how it is used."""

    sentence: str


NO_ROOM: Final = Misuse("You are in no room. Join one first: /join #lobby")


class Unknown(msgspec.Struct, frozen=True):
    """There is no such command."""

    word: str
    nearest: str | None


Meaning = AnyCommand | AnyQuery | Help | Ping | Quit | Misuse | Unknown
"""What a slash command comes to."""


class SlashCommand(msgspec.Struct, frozen=True):
    """One row of the table."""

    words: tuple[str, ...]
    """Its name and the other words for it."""
    usage: str
    """What may follow it."""
    help: str
    mean: Callable[[str, str], Meaning | None]
    """Given the rest of the line and the current room, says what is meant; None where the rest does not fit."""
    is_listed: bool = True
    """Whether `/help` lists it; what only programs need would be in people's way."""


def parse_slash(line: str, room: str) -> Meaning:
    """Return what a line that begins with `/` means to someone whose current room is `room` (empty: in none)."""
    word, _, rest = line[1:].partition(" ")
    command = COMMANDS.get(word.lower())
    if command is None:
        return Unknown(word, nearest(word.lower(), COMMANDS))
    meaning = command.mean(rest.strip(), room)
    return Misuse(explain_usage(command)) if meaning is None else meaning


def explain_usage(command: SlashCommand) -> str:
    """Return one line that says how a command is written."""
    return f"Usage: {_form(command)} - {command.help}"


def explain(topic: str) -> list[str]:
    """Return the help for one command, or, for an empty topic, a line for each."""
    if not topic:
        listed = [command for command in _TABLE if command.is_listed]
        width = max(len(_form(command)) for command in listed)
        return ["Commands:", *(f"{_form(command):<{width}}  {command.help}" for command in listed), _PLAIN_TEXT]
    command = COMMANDS.get(topic.lower().removeprefix("/"))
    if command is None:
        near = nearest(topic.lower().removeprefix("/"), COMMANDS)
        return [f"There is no command {topic}." + (f" Did you mean /{near}?" if near else "")]
    also = "".join(f" /{word}" for word in command.words[1:])
    return [explain_usage(command), *([f"Also:{also}"] if also else [])]


_PLAIN_TEXT: Final = "Anything else you type is said in your current room."


def _form(command: SlashCommand) -> str:
    return f"/{command.words[0]} {command.usage}".rstrip()


def _split_names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.replace(",", " ").split() if name)


def _mean_message(rest: str, _room: str) -> Meaning | None:
    targets, _, text = rest.partition(" ")
    # After a comma another name is to come: `/msg ann, bob hi` would tell ann alone "bob hi".
    if not targets or targets.endswith(",") or not text.strip():
        return None
    if targets.startswith("#"):
        return Say(targets, text)
    return Tell(tuple(name for name in targets.split(",") if name), text)


def _mean_join(rest: str, _room: str) -> Meaning | None:
    return Join(rest) if rest and " " not in rest else None


def _mean_leave(rest: str, room: str) -> Meaning | None:
    first, _, reason = rest.partition(" ")
    # One word alone is a room, as it is in `/join tea`.
    if first.startswith("#") or (first and not reason):
        return Leave(first, reason.strip())
    return Leave(room, rest) if room else Misuse("You are in no room that you could leave.")


def _mean_topic(rest: str, room: str) -> Meaning | None:
    if not room:
        return NO_ROOM
    return SetTopic(room, "" if rest == "-" else rest) if rest else FindTopic(room)


def _mean_history(rest: str, room: str) -> Meaning | None:
    if not room:
        return NO_ROOM
    if not rest:
        return FindHistory(room, HISTORY_DEFAULT)
    number = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < _DIGITS else 0
    return FindHistory(room, number) if number else None


def _mean_block(rest: str, _room: str) -> Meaning | None:
    names = _split_names(rest)
    silent = len(names) > 1 and names[-1].lower() == SILENTLY
    people = names[:-1] if silent else names
    # Anywhere else the word is a mistake, and who makes it would tell those he does not want to tell.
    is_clear = len(names) == 1 or SILENTLY not in map(str.lower, people)
    return Block(people, silent) if people and is_clear else None


def _mean_rename(rest: str, _room: str) -> Meaning | None:
    return Rename(rest) if rest else None


def _mean_broadcast(rest: str, _room: str) -> Meaning | None:
    return Broadcast(rest) if rest else None


def _mean_unblock(rest: str, _room: str) -> Meaning | None:
    names = _split_names(rest)
    return Unblock(names) if names else None


def _mean_list(rest: str, room: str) -> Meaning | None:
    if rest:
        return ListMembers(rest)
    return ListMembers(room) if room else NO_ROOM


def _mean_action(rest: str, room: str) -> Meaning | None:
    if not rest:
        return None
    return Say(room, rest, "action") if room else NO_ROOM


_DIGITS: Final = 10
"""Longest number that is read as one."""

_TABLE: Final = (
    SlashCommand(("help", "?"), "[command]", "this list, or one command", lambda rest, _: Help(rest)),
    SlashCommand(("list", "who", "names"), "[#room]", "who is in the room", _mean_list),
    SlashCommand(("rooms",), "", "which rooms there are", lambda _rest, _room: ListRooms()),
    SlashCommand(("join", "j"), "#room", "come into a room, or turn to it", _mean_join),
    SlashCommand(("leave", "part"), "[#room] [reason]", "go out of a room", _mean_leave),
    SlashCommand(("msg", "tell"), "NAME[,NAME…] text", "write to some people alone", _mean_message),
    SlashCommand(("whisper", "w"), "NAME text", "write to one person alone", _mean_message),
    SlashCommand(("broadcast",), "text", "write to everyone on the server", _mean_broadcast),
    SlashCommand(("me",), "text", "say what you do: * ann waves", _mean_action),
    SlashCommand(("nick", "name"), "NAME", "be called something else", _mean_rename),
    SlashCommand(("topic",), "[text | -]", "ask, say or (-) clear the topic", _mean_topic),
    SlashCommand(("block", "ignore"), "NAME… [silently]", "hear these people no longer", _mean_block),
    SlashCommand(("unblock", "unignore"), "NAME…", "hear them again", _mean_unblock),
    SlashCommand(("blocks",), "", "whom you block", lambda _rest, _room: ListBlocks()),
    SlashCommand(("history",), "[number]", "the last messages of the room", _mean_history),
    SlashCommand(("away",), "[message]", "be away; who writes you is told", lambda rest, _: GoAway(rest)),
    SlashCommand(("back",), "", "be there again", lambda _rest, _room: ComeBack()),
    SlashCommand(
        ("ping",), "[token]", "an answer when all before it is done", lambda rest, _: Ping(rest), is_listed=False
    ),
    SlashCommand(("exit", "quit", "q"), "[reason]", "leave the server", lambda rest, _: Quit(rest)),
)

COMMANDS: Final = {word: command for command in _TABLE for word in command.words}
"""Every word that may stand after a slash."""
