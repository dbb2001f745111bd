"""Commands about what wants one's attention: what one has not read, and whom and what one looks out for."""

from collections.abc import Mapping
from typing import Final, get_args

from hubbub.core.attention_requests import (
    FindDraft,
    FindLevel,
    ListDrafts,
    ListLevels,
    ListUnread,
    MarkMessage,
    MarkRead,
    SaveDraft,
    SetLevel,
)
from hubbub.core.features.accounts import SetAlerts
from hubbub.core.levels import Level
from hubbub.core.queries import FindPerson, ListAlerts
from hubbub.core.texts import join_words
from hubbub.wire.slash.arguments import in_room, split_names
from hubbub.wire.slash.meanings import NO_ROOM, Meaning, Misuse, OnMessage, SlashCommand
from hubbub.wire.slash.numbering import is_name

EVERYWHERE: Final = "all"
"""The word after `/read` that means every room and conversation."""

_LEVELS: Final[Mapping[str, Level]] = {level: level for level in get_args(Level)} | {
    "none": "nothing",
    "off": "nothing",
    "on": "default",
}
"""The words after `/notify`, and some that come to mind."""


def _mean_read(rest: str, room: str) -> Meaning | None:
    if not rest:
        return MarkRead(room) if room else NO_ROOM
    if rest.lower() == EVERYWHERE:
        return MarkRead()
    if is_name(rest):
        return OnMessage(rest, MarkMessage)
    return MarkRead(rest) if " " not in rest else None


def _mean_draft(rest: str, room: str) -> Meaning | None:
    if not rest:
        return FindDraft(room)
    return SaveDraft(room, "" if rest == "-" else rest)


def _mean_notify(rest: str, room: str) -> Meaning | None:
    if not rest:
        return ListLevels()
    named, _, word = rest.partition(" ") if rest.startswith(("#", "@")) else (room, "", rest)
    if not word:
        return FindLevel(named)
    level = _LEVELS.get(word.strip().lower())
    if level is None:
        return Misuse(f"What you are told of a room is one of {join_words(get_args(Level))}.")
    return SetLevel(named, level) if named else NO_ROOM


def _mean_alert(rest: str, _room: str) -> Meaning | None:
    words = split_names(rest)
    return SetAlerts(words) if words else None


def _mean_unalert(rest: str, _room: str) -> Meaning | None:
    words = split_names(rest)
    return SetAlerts(removed=words) if words else None


def _mean_whois(rest: str, _room: str) -> Meaning | None:
    return FindPerson(rest) if rest and " " not in rest else None


ATTENTION: Final = (
    SlashCommand(("unread",), "", "what you have not read", lambda rest, _: None if rest else ListUnread(), "reading"),
    SlashCommand(
        ("read",),
        "[#room | @NAME | all]",
        "mark it as read",
        _mean_read,
        "reading",
        more=("/read #3 marks it up to that message; /thread #3 read, the thread that it is in.",),
    ),
    SlashCommand(("draft",), "[text | -]", "show, keep or (-) drop a draft", in_room(_mean_draft), "reading"),
    SlashCommand(("drafts",), "", "what you began to write", lambda rest, _: None if rest else ListDrafts(), "reading"),
    SlashCommand(
        ("notify",),
        "[#room|@NAME] [LEVEL]",
        "what it tells you",
        _mean_notify,
        "reading",
        more=(
            "LEVEL: all, mentions (what calls you), nothing, or default,",
            "which is all of conversations and mentions of rooms.",
            "It holds wherever you are told of something you do not see.",
        ),
    ),
    SlashCommand(
        ("alerts",), "", "at which words you are called", lambda rest, _: None if rest else ListAlerts(), "reading"
    ),
    SlashCommand(("alert",), "WORD…", "be called when somebody says it", _mean_alert, "reading"),
    SlashCommand(("unalert",), "WORD…", "be called at it no longer", _mean_unalert, "reading"),
    SlashCommand(("whois",), "NAME", "who he is, and whether he is there", _mean_whois, "reading"),
)
"""What one needs to miss nothing."""
