"""Slash commands about messages that were said: answering, editing, deleting, reacting, pinning, and looking back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Literal, get_args

from hubbub.core.attention_requests import FollowThread, MarkMessage
from hubbub.core.catalog import MessageCommand
from hubbub.core.features.annotating import Delete, Edit, PinMessage, React, Reply, UnpinMessage, Unreact
from hubbub.core.features.messages import Say
from hubbub.core.notes import AnyRef, LastMessage
from hubbub.core.queries import (
    FindHistory,
    FindMessage,
    FindNear,
    FindThread,
    ListPins,
    Side,
)
from hubbub.core.roles import RoomRole
from hubbub.wire.slash.arguments import choose_room, parse_number
from hubbub.wire.slash.meanings import NO_ROOM, Meaning, Misuse, OnMessage, SlashCommand
from hubbub.wire.slash.numbering import is_name

HISTORY_DEFAULT: Final = 20
"""Messages that `/history` and `/thread` show when no number is given."""

Whose = Literal["anyone", "mine", "others"]
"""Of whom the last message is meant where none is named."""

AboutMessage = MessageCommand | FindThread | FindMessage | FollowThread | MarkMessage
"""What can be asked about one message."""


def _about(whose: Whose, make: Callable[[AnyRef, str], AboutMessage | None]) -> Callable[[str, str], Meaning | None]:
    """Return what a command means whose first word may name a message: `make` is given it, and what follows."""

    def mean(rest: str, room: str) -> Meaning | None:
        first, _, more = rest.partition(" ")
        if is_name(first):
            probe = make(LastMessage(room, whose), more.strip())
            return None if probe is None else OnMessage(first, lambda ref: make(ref, more.strip()) or probe)
        return make(LastMessage(room, whose), rest) if room else NO_ROOM

    return mean


def _reply(ref: AnyRef, text: str) -> Reply | None:
    return Reply(ref, text) if text else None


def _edit(ref: AnyRef, text: str) -> Edit | None:
    return Edit(ref, text) if text else None


def _react(ref: AnyRef, text: str) -> React | Unreact | None:
    if not text:
        return None
    return Unreact(ref, text[1:]) if text.startswith("-") and len(text) > 1 else React(ref, text)


def _bare(kind: Callable[[AnyRef], MessageCommand]) -> Callable[[AnyRef, str], MessageCommand | None]:
    return lambda ref, text: None if text else kind(ref)


def _thread(ref: AnyRef, text: str) -> FindThread | FollowThread | MarkMessage | None:
    word = text.lower()
    if word in _FOLLOWING:
        return FollowThread(ref, _FOLLOWING[word])
    if word == READ:
        return MarkMessage(ref, is_thread=True)
    number = parse_number(text) if text else HISTORY_DEFAULT
    return FindThread(ref, number) if number else None


READ: Final = "read"
"""The word that marks a thread as read."""

_FOLLOWING: Final = {"follow": True, "unfollow": False}


def _message(ref: AnyRef, text: str) -> FindMessage | None:
    return None if text else FindMessage(ref)


def _mean_pins(rest: str, room: str) -> Meaning | None:
    return ListPins(rest or room) if rest or room else NO_ROOM


def _mean_history(rest: str, room: str) -> Meaning | None:
    """Read `[#room] [number]`, `before #3`, `after #3`, `around #3`, or a day and perhaps a time."""
    words = rest.split()
    if len(words) == 2 and words[0].lower() in _SIDES and is_name(words[1]):  # noqa: PLR2004 - which side, of what
        side = _SIDES[words[0].lower()]
        return OnMessage(words[1], lambda ref: FindNear(ref, side, HISTORY_DEFAULT))
    if words and words[0].startswith(("#", "@")):
        room, words = words[0], words[1:]
    if not room:
        return NO_ROOM
    if not words:
        return FindHistory(room, HISTORY_DEFAULT)
    if number := parse_number(words[0]) if len(words) == 1 else None:
        return FindHistory(room, number)
    return _mean_history_at(" ".join(words), room)


_SIDES: Final[Mapping[str, Side]] = {side: side for side in get_args(Side)}


def _mean_history_at(when: str, room: str) -> Meaning | None:
    if not when[0].isdigit() or "-" not in when:
        return None
    try:
        moment = datetime.fromisoformat(when)
        return FindHistory(room, HISTORY_DEFAULT, at_ms=max(0, int(moment.timestamp() * 1_000)))
    except (ValueError, OverflowError, OSError):
        return Misuse(f"{when} is no day. Write it like 2026-11-25, or 2026-11-25 14:30 with a time.")


def _mean_ops(rest: str, room: str) -> Meaning | None:
    room, rest = choose_room(rest, room)
    if not room:
        return NO_ROOM
    return Say(room, rest, to=RoomRole.MODERATOR) if rest else None


MESSAGES: Final = (
    SlashCommand(
        ("history",),
        "[#room|@NAME] [number]",
        "what was said last (20)",
        _mean_history,
        more=(
            "They are numbered #1, #2 …: /reply #2, /edit #3, /react #1 👍 work on these, until the next list.",
            "Also: /history before #1, /history after #9, /history around #4, /history 2026-11-25 14:30",
        ),
    ),
    SlashCommand(("reply", "r"), "[#n] text", "answer a message", _about("others", _reply), "messages"),
    SlashCommand(("ops",), "[#room] text", "tell the room's moderators only", _mean_ops, "messages"),
    SlashCommand(("edit",), "[#n] text", "let your own message say that", _about("mine", _edit), "messages"),
    SlashCommand(
        ("delete",),
        "[#n] [reason]",
        "delete yours, or as moderator any",
        _about("mine", Delete),
        "messages",
    ),
    SlashCommand(
        ("react",),
        "[#n] EMOJI",
        "react (-EMOJI takes it back)",
        _about("others", _react),
        "messages",
    ),
    SlashCommand(
        ("thread",),
        "[#n] [number]",
        "the answers around a message",
        _about("anyone", _thread),
        "messages",
        more=("/thread #n follow | unfollow: whether /unread counts them. /thread #n read marks them as read.",),
    ),
    SlashCommand(("message",), "[#n]", "its versions, who reacted, its id", _about("anyone", _message), "messages"),
    SlashCommand(("pin",), "[#n]", "let everybody find it", _about("anyone", _bare(PinMessage)), "messages"),
    SlashCommand(("unpin",), "[#n]", "pin it no longer", _about("anyone", _bare(UnpinMessage)), "messages"),
    SlashCommand(("pins",), "[#room|@NAME]", "what is pinned", _mean_pins, "messages"),
)
"""What one can do with what was said. Without a number, it is about the last message."""
