"""The vigil: who has been silent for long is asked whether he is there, and let go where he is not.

One timer each, which is set again only when it is over: what comes meanwhile costs a look at the clock.
"""

from typing import Final

from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import CloseNow, Intents, SendNow, Wait
from hubbub.service.ports import Clock

PING_SECONDS: Final = 90.0
"""Silence after which we ask whether anybody is there. Architecture, section 7."""

SILENT_SECONDS: Final = 150.0
"""Silence after which nobody is. Architecture, section 7."""


class Vigil:
    """Watches over one client."""

    __slots__ = ("_clock", "_heard_at", "_ping", "is_pinged")

    def __init__(self, clock: Clock, ping: bytes) -> None:
        """Ask by sending `ping`."""
        self._clock = clock
        self._ping = ping
        self._heard_at = clock.monotonic()
        self.is_pinged = False
        """Whether we have asked if anybody is there, and were not answered yet."""

    def begin(self) -> Wait:
        """Return what has to be wanted for the vigil to be kept from now on."""
        self.hear()
        return Wait(PING_SECONDS, self._look_after)

    def hear(self) -> None:
        """Take note that the client has sent something, or has been kept waiting until now."""
        self._heard_at = self._clock.monotonic()

    def _look_after(self) -> Intents:
        silent_seconds = self._clock.monotonic() - self._heard_at
        if silent_seconds < PING_SECONDS:
            self.is_pinged = False
            return (Wait(PING_SECONDS - silent_seconds, self._look_after),)
        if not self.is_pinged:
            self.is_pinged = True
            return (SendNow(self._ping), Wait(SILENT_SECONDS - PING_SECONDS, self._look_after))
        if silent_seconds < SILENT_SECONDS:
            return (Wait(SILENT_SECONDS - silent_seconds, self._look_after),)
        return (CloseNow(Closing.SILENT),)
