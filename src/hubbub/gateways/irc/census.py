"""The census: how many are here, counted now and then, for every newcomer is told."""

from collections.abc import Callable
from typing import Final

from hubbub.core.house import House
from hubbub.core.roles import ServerRole
from hubbub.service.ports import Clock

COUNT_SECONDS: Final = 1.0
"""How old a count may be that takes looking at everybody."""


class Census:
    """Counts people and channels; one for all IRC conversations of a server."""

    def __init__(self, house: House, clock: Clock, count_unknown: Callable[[], int]) -> None:
        self._house = house
        self._clock = clock
        self._count_unknown = count_unknown
        self._counted: float | None = None
        self._operators = self._channels = 0
        self._most = 0

    @property
    def people(self) -> int:
        """Return how many people are here."""
        return len(self._house.people)

    @property
    def most(self) -> int:
        """Return how many were here at most, as far as anybody has asked."""
        self._most = max(self._most, self.people)
        return self._most

    @property
    def unknown(self) -> int:
        """Return how many connections there are, in any protocol, that have not said who they are."""
        return self._count_unknown()

    @property
    def operators(self) -> int:
        """Return how many of them administer the server."""
        self._count()
        return self._operators

    @property
    def channels(self) -> int:
        """Return in how many channels there is somebody."""
        self._count()
        return self._channels

    def _count(self) -> None:
        now = self._clock.monotonic()
        if self._counted is not None and now < self._counted + COUNT_SECONDS:
            return
        self._counted = now
        self._operators = sum(self._house.role_of(person) is not ServerRole.MEMBER for person in self._house.people)
        self._channels = sum(bool(room.members) for room in self._house.channels.values())
