"""What an import needs of an archive, whichever program wrote it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from hubbub.wire.transfer.things import MessageThing, RoomThing

Warn = Callable[[str], None]
"""Told of what is left out, or not quite as it was, and where it stands."""


class Archive(Protocol):
    """Rooms, and what was said in them. Reading one changes nothing, can be repeated, and takes constant memory."""

    @property
    def source(self) -> str:
        """Where it comes from: the same for all archives of one server, and for no other's."""

    @property
    def people(self) -> Mapping[str, str]:
        """What people are called, by the ids they have in the archive; those who only spoke need not be there."""

    @property
    def rooms(self) -> Sequence[RoomThing]:
        """All rooms in it."""

    @property
    def size_bytes(self) -> int:
        """How much there is to read."""

    def messages(self, room: RoomThing, warn: Warn) -> Iterator[tuple[int, MessageThing]]:
        """Yield what was said there, each with how many bytes have been read for it since the one before.

        In order; what a message answers stands before it. Raises `BrokenArchive`.
        """
