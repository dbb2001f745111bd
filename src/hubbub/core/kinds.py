"""The five kinds of value everything here is made of: command, query, event, signal and refusal."""

import re
from typing import Annotated, Final, Literal, NewType

import msgspec
from msgspec import Meta

PersonId = NewType("PersonId", str)
"""Who someone is, whatever he is called: made by the service, never reused, never shown."""

RoomId = NewType("RoomId", int)
"""Which room, whatever it is called: given by the store."""

Seq = NewType("Seq", int)
"""Place of a record in its room: 1, 2, 3 … without gaps, given by the store alone."""

MOST: Final = 2**53
"""The largest number that anybody asks with: as far as every client, JavaScript too, counts exactly."""

Place = Annotated[Seq, Meta(ge=0, le=MOST)]
"""A place that somebody asks about; there need not be a record."""

TimeMs = Annotated[int, Meta(ge=0, le=MOST)]
"""A time that somebody asks about, in milliseconds since 1970 UTC."""

Skipped = Annotated[int, Meta(ge=0, le=MOST)]
"""How many of the first things of a list are left out, because an earlier answer had them."""

PageSize = Annotated[int, Meta(ge=1, le=MOST)]
"""How many things somebody wants to read at a time; he may get fewer."""

Seconds = Annotated[int, Meta(ge=1, le=3_155_760_000)]
"""How long something is to last, at most a century."""

Manner = Literal["text", "action", "notice"]
"""How something is said: plainly, as `/me` does, or as a notice that no program may answer."""

RefusalCode = Literal[
    "accounts_only",
    "already_registered",
    "archived",
    "asks_first",
    "bad_alert",
    "bad_code",
    "bad_name",
    "bad_nonce",
    "bad_request",
    "bad_password",
    "bad_pattern",
    "bad_query",
    "bad_reaction",
    "bad_room_name",
    "bad_setting",
    "banned",
    "disabled",
    "disk_full",
    "empty",
    "file_too_large",
    "list_full",
    "look_alike",
    "muted",
    "name_reserved",
    "name_taken",
    "needs_account",
    "needs_encryption",
    "needs_invitation",
    "needs_voice",
    "no_such_file",
    "no_such_message",
    "no_such_room",
    "nobody",
    "not_a_member",
    "not_allowed",
    "not_away",
    "not_needed",
    "not_registered",
    "quota_exceeded",
    "refused_by_recipient",
    "room_full",
    "room_renamed",
    "slow_mode",
    "too_fast",
    "too_long",
    "too_many_files",
    "too_many_recipients",
    "too_many_rooms",
    "too_many_uploads",
    "try_again",
    "unchanged",
    "unknown_command",
    "unknown_person",
    "wrong_key",
    "wrong_password",
]
"""Stable names of everything that can be refused; programs may rely on them."""


def tag_of(name: str) -> str:
    """Return what a class of that name is called in JSON: `SetTopic` is `set_topic`."""
    return re.sub("(?<!^)(?=[A-Z])", "_", name).lower()


class Command(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag=tag_of):
    """A wish to change something; named in the imperative."""


class Query(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag=tag_of):
    """A question that changes nothing; named `Find…` or `List…`."""


class Event(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, tag_field="type", tag=tag_of):
    """Something that happened and is kept for ever; named by a past participle.

    `author` is who did it and `name` what he was called then, so that history reads right after he is renamed or gone.
    """

    author: PersonId
    name: str


class Signal(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag=tag_of):
    """Something true for a moment and never kept; named by a present participle."""


class Result(msgspec.Struct, frozen=True, tag_field="type", tag=tag_of):
    """What comes of a command or a query that is not refused."""


class Refusal(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, tag_field="type", tag=tag_of):
    """A rule's no: a stable code for programs and a sentence for people."""

    code: RefusalCode
    sentence: str
    suggestion: str = ""
    """What would have been accepted instead; empty where nothing can be offered."""
    retry_seconds: float = 0.0
    """How long to wait before the same may succeed; 0 where waiting does not help."""


class Refused(Exception):  # noqa: N818 - a refusal is an outcome, not an error
    """Raised where a rule says no; nothing was changed."""

    def __init__(self, code: RefusalCode, sentence: str, *, suggestion: str = "", retry_seconds: float = 0.0) -> None:
        super().__init__(sentence)
        self.refusal = Refusal(code, sentence, suggestion, retry_seconds)

    @classmethod
    def again(cls, refusal: Refusal) -> "Refused":
        """Return what raises a refusal that somebody else was given."""
        return cls(refusal.code, refusal.sentence, suggestion=refusal.suggestion, retry_seconds=refusal.retry_seconds)
