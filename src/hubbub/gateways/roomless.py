"""Roomless: what is the same for all clients that have no idea of rooms, of coming back, or of what others do."""

from hubbub.core.house import Person
from hubbub.core.room import Room
from hubbub.gateways.conversation import Intents
from hubbub.service.resuming import Piece

NOTHING: Intents = ()


class Roomless:
    """A conversation that tells its client nothing of such things."""

    __slots__ = ()

    @property
    def keeps_marks(self) -> bool:
        """Return that it has no word for that."""
        return False

    @property
    def tells_waiting(self) -> bool:
        """Return that it is shown at once: its client could not ask for it."""
        return True

    @property
    def shows_typing(self) -> bool:
        """Return that nobody is shown who is writing: a line that goes by is no place for it."""
        return False

    @property
    def was_typed(self) -> bool:
        """Return that a person typed what came: these programs send nothing by themselves."""
        return True

    def seated(self, person: Person) -> None:
        """Its client is told by what comes next."""

    def attached(self, room: Room) -> Intents:  # noqa: ARG002 - a client with no idea of rooms
        """Say nothing."""
        return NOTHING

    def detached(self, room: Room) -> Intents:  # noqa: ARG002 - as above
        """Say nothing."""
        return NOTHING

    def receive_goodbye(self, data: bytes) -> bool:  # noqa: ARG002 - as above
        """Await no answer."""
        return True

    def brought(self, piece: Piece) -> bytes:  # noqa: ARG002 - as above
        """Say nothing: nobody asked for it."""
        return b""
