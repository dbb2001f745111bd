"""The local fabric: one process, so there is nobody else to reach."""

from collections.abc import Callable, Sequence
from typing import Final

from hubbub.core.catalog import Record
from hubbub.core.kinds import RoomId


class LocalFabric:
    """Carries nothing anywhere."""

    reaches_others: Final = False

    async def open(self, receive: Callable[[Sequence[Record]], None]) -> None:
        """Receive nothing."""

    async def close(self) -> None:
        """Receive nothing."""

    def publish(self, records: Sequence[Record]) -> None:
        """Reach nobody."""

    def listen(self, room: RoomId) -> None:
        """Hear nobody."""

    def ignore(self, room: RoomId) -> None:
        """Hear nobody."""
