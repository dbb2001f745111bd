"""The native dialect: records as they are, but for what not everybody in a room may know."""

from collections.abc import Callable
from typing import Final, get_args

from msgspec.structs import replace

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.annotating import Removed
from hubbub.core.features.auditing import Audited
from hubbub.core.features.messages import Erased
from hubbub.core.features.moderation import Banned, Excepted, Unbanned, Unexcepted
from hubbub.core.features.presence import Disconnected
from hubbub.core.features.settings import RetentionSet, SettingsChanged
from hubbub.core.features.traits import TraitSet
from hubbub.core.room import Room
from hubbub.wire.native import encode_record

EVERYTHING: Final = frozenset(get_args(AnyEvent))

UNTOLD: Final = (Erased, Removed, RetentionSet, Audited, Disconnected, TraitSet)
"""What stands in the place of something else, is the server's own, or is told by a signal."""

HIDDEN_KEY: Final = "*"
"""Stands for a room's key: members know that there is one; who may know which asks for it."""


class NativeDialect:
    """How native clients hear channels, and what is said to everyone: all of them alike."""

    echoes = EVERYTHING
    folds = False
    keeps_state = True
    hears_itself = True

    def encode(self, room: Room, record: Record) -> bytes:
        """Return the record as a line, or nothing where nobody is told."""
        return encode_as(record, room.name)


class ConversationDialect:
    """How one native client hears a conversation of two: under the other's name."""

    echoes = EVERYTHING
    folds = False
    keeps_state = True
    hears_itself = True

    def __init__(self, name_of: Callable[[Room], str]) -> None:
        """Ask `name_of` for the other's name each time: it may change."""
        self._name_of = name_of

    def encode(self, room: Room, record: Record) -> bytes:
        """Return the record as a line, or nothing where nobody is told."""
        return encode_as(record, self._name_of(room))


def encode_as(record: Record, name: str) -> bytes:
    """Return a record as a line for those who call its room so."""
    event = record.event
    match event:
        case _ if isinstance(event, UNTOLD):
            return b""
        case SettingsChanged() if event.change.key:
            event = replace(event, change=replace(event.change, key=HIDDEN_KEY))
        case Banned() | Unbanned() | Excepted() | Unexcepted() if event.target.kind == "address":
            # Where somebody lives is the moderators' business.
            event = replace(event, target=replace(event.target, mask="", shown=""))
        case _:
            return encode_record(record, name)
    return encode_record(replace(record, event=event), name)
