"""Notes: what became of one message after it was said. A message of which nothing became has none."""

import re
from typing import Final, Literal, Self

import msgspec

from hubbub.core.kinds import PersonId, Refused, RoomId, Seq

EDITS_LIMIT: Final = 100
"""How often a message can be edited: every version is kept."""

VERSIONS_BYTES: Final = 65_536
"""Most that the earlier versions of one message come to when it is edited: they are read whenever it is, and written
anew with each edit. Four of the greatest length."""

REACTIONS_LIMIT: Final = 50
"""Different reactions to one message; more than fit on a screen."""

REACTORS_LIMIT: Final = 1_000
"""Reactions to one message in all, whoever reacts: each rewrites the note, which is 50 kB then."""

QUOTE_LENGTH: Final = 60
"""Longest part of a message that stands for it, in characters: what fits into a line with what is said about it."""


class MessageRef(str):
    """Which message, whatever room one is in: its record's id, `ROOM-SEQ`, as it stands in links and requests."""

    __slots__ = ()

    def __new__(cls, room: RoomId, seq: Seq) -> Self:
        """Name the message that stands there."""
        return super().__new__(cls, f"{room}-{seq}")

    @property
    def room(self) -> RoomId:
        """Its room."""
        return RoomId(int(self.partition("-")[0]))

    @property
    def seq(self) -> Seq:
        """Its place there."""
        return Seq(int(self.partition("-")[2]))


class LastMessage(msgspec.Struct, frozen=True, gc=False):
    """The last message in a channel: anybody's, one's own, or another's. For those who have no words for which one."""

    room: str
    whose: Literal["anyone", "mine", "others"] = "anyone"


AnyRef = str | LastMessage
"""How a message is named: by its id, which need not be one before `parse_ref` has read it."""


class Version(msgspec.Struct, frozen=True, gc=False):
    """What a message said before it was edited."""

    text: str
    time_ms: int
    """Since when it said so, in milliseconds since 1970 UTC."""


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a message."""

    versions: tuple[Version, ...] = ()
    """What it said before, oldest first; empty if it was never edited."""
    text: str = ""
    """What it says now, if it was edited."""
    edited_ms: int = 0
    """When it was edited last; 0 if never."""
    edits: tuple[Seq, ...] = ()
    """The records of its edits, so that their texts can go when it is deleted."""
    reactions: dict[str, dict[PersonId, str]] = {}
    """Who reacted how, and what he was called then; in the order in which it was first done."""
    replies: int = 0
    """How many messages its thread has besides it, if it began one."""
    last_reply: Seq = Seq(0)


NO_NOTE: Final = Note()


class Quote(msgspec.Struct, frozen=True, gc=False):
    """As much of a message as stands for it where something else is about it."""

    name: str
    text: str
    """One line; empty where it was deleted."""


def quote_of(name: str, text: str) -> Quote:
    """Return what stands for a message: the beginning of its first line that says something."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return Quote(name, line if len(line) <= QUOTE_LENGTH else f"{line[: QUOTE_LENGTH - 1].rstrip()}…")


def parse_ref(text: str) -> MessageRef:
    """Read `ROOM-SEQ`; raises `Refused` with `no_such_message` for anything else."""
    if isinstance(text, MessageRef):
        return text
    found = _REF.fullmatch(text)
    room, seq = map(int, found.groups()) if found else (0, 0)
    if not 0 < room <= _MOST or not 0 < seq <= _MOST:
        raise no_such_message()
    return MessageRef(RoomId(room), Seq(seq))


_REF: Final = re.compile("([0-9]{1,19})-([0-9]{1,19})")

_MOST: Final = 2**63 - 1
"""The largest number that a store can look for."""


def no_such_message() -> Refused:
    """Return the refusal of a message that is not there, or that the asker may not read: nobody learns which."""
    return Refused(
        "no_such_message", "There is no such message, or none that you may read. /history shows the last ones."
    )
