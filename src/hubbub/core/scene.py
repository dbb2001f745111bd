"""The scene: everything a decision looks at, and everything it comes to."""

from typing import Final

import msgspec

from hubbub.core.answers import Answer
from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.files import FileView
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Done
from hubbub.core.names import Name
from hubbub.core.room import Room
from hubbub.core.signals import AnySignal

DONE: Final = Done()


class Scene(msgspec.Struct, frozen=True):
    """Who asks, in which house, under which rules, and when."""

    house: House
    person: Person
    limits: Limits
    now_ms: int
    """Milliseconds since 1970 UTC; what has an end is judged by it."""
    address: str = ""
    """What counts as the address he asks from; empty where it does not matter."""
    message: Record | None = None
    """The message that he asks about, as it looks now; None where there is none.

    Or a reaction that he asks about, with the note of the message that it is a reaction to.
    """
    files: tuple[FileView, ...] = ()
    """The files that he names: all of them are his, and there."""


class Decision(msgspec.Struct, frozen=True):
    """What is to happen, all of it or nothing, and what the asker hears once it has."""

    events: tuple[tuple[Room, AnyEvent], ...] = ()
    answer: Answer = DONE
    signals: tuple[tuple[PersonId, AnySignal], ...] = ()
    claim: Name | None = None
    """A name to be made the asker's own at once, and to be taken back if the events cannot be kept."""
    elsewhere: AnySignal | None = None
    """What the asker's other connections are told."""
