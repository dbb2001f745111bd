"""Lost places: guests whose connections broke, and who may come back for a while; so many of them and no more."""

from collections.abc import Callable
from typing import Final

from hubbub.service.peers import is_loopback
from hubbub.service.ports import Clock, Timer
from hubbub.service.sessions import Session

KEPT: Final = 4_096
"""Most places that are kept at a time: as many as connections that may be silent. A place is some 10 kB."""

KEPT_PER_ADDRESS: Final = 64
"""Most of one address, as with connections: who breaks his own does not fill the server with guests who are not there.
Not of this machine, from which a proxy may come for everybody."""


class LostPlaces:
    """Keeps places."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._timers: dict[Session, Timer] = {}

    def has_room(self, group: str) -> bool:
        """Return whether one more may be kept for an address."""
        if len(self._timers) >= KEPT:
            return False
        mine = sum(lost.peer.group == group for lost in self._timers)
        return mine < KEPT_PER_ADDRESS or is_loopback(group)

    def keep(self, session: Session, seconds: float, give_up: Callable[[], None]) -> None:
        """Keep the place of a session, and call back when the time is over, unless it was dropped."""

        def end() -> None:
            del self._timers[session]
            give_up()

        self._timers[session] = self._clock.call_later(seconds, end)

    def drop(self, session: Session) -> bool:
        """Keep a place no longer, and return whether it was kept."""
        timer = self._timers.pop(session, None)
        if timer is not None:
            timer.cancel()
        return timer is not None
