"""Former names: what channels were called until lately, so that who did not hear of it finds them."""

from typing import Final

from hubbub.core.kinds import RoomId

FORMER_SECONDS: Final = 24 * 60 * 60
"""How long a former name leads to the room: until those who were not there have come by once. Then it is free."""

FORMER_LIMIT: Final = 1_000
"""Most former names that are known at a time; the oldest are forgotten first."""


class FormerNames:
    """Which room had a name, by the name's comparison form. Not kept: after a start the names are free."""

    def __init__(self) -> None:
        self._rooms: dict[str, tuple[RoomId, int]] = {}
        """In the order of renaming, and since when, in milliseconds since 1970 UTC."""

    def note(self, former: str, present: str, room: RoomId, time_ms: int) -> None:
        """Know that a room is called something else."""
        self._rooms.pop(present, None)
        self._rooms.pop(former, None)
        self._rooms[former] = (room, time_ms)
        if len(self._rooms) > FORMER_LIMIT:
            del self._rooms[next(iter(self._rooms))]

    def find(self, key: str, now_ms: int) -> RoomId | None:
        """Return which room was called so not long ago; None where none was."""
        room, time_ms = self._rooms.get(key, (None, 0))
        return room if now_ms - time_ms < FORMER_SECONDS * 1_000 else None
