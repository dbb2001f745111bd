"""The web: HTTP on the port. Its libraries are not loaded before somebody speaks it, for a bare server needs none."""

import asyncio
from typing import TYPE_CHECKING

from hubbub.gateways.http.parts import Parts

if TYPE_CHECKING:
    from hubbub.gateways.http.exchange import Exchange, Upgrader
    from hubbub.gateways.http.serving import Serving
    from hubbub.service.peers import Peer


class Web:
    """Loads what it takes, once, beside everything else that goes on."""

    def __init__(self, parts: Parts, naming_seconds: float) -> None:
        """Allow so many seconds for the head of a request."""
        self._parts = parts
        self._naming_seconds = naming_seconds
        self._serving: Serving | None = None
        self._loading = asyncio.Lock()

    @property
    def is_loaded(self) -> bool:
        """Whether a connection can begin."""
        return self._serving is not None

    def use(self, naming_seconds: float) -> None:
        """Allow another time from now on."""
        self._naming_seconds = naming_seconds
        if self._serving is not None:
            self._serving.naming_seconds = naming_seconds

    async def load(self) -> None:
        """Get ready; harmless when repeated."""
        async with self._loading:
            if self._serving is None:
                # In a thread, so that those who are in go on hearing each other: it takes 45 ms of an idle
                # processor, or 300 of a busy one, of which nobody waits longer than 25 at a time.
                await asyncio.to_thread(_load)
                self._serving = _make(self._parts, self._naming_seconds)

    def connect(self, peer: "Peer", host: "Upgrader") -> "Exchange":
        """Return the protocol for a connection, once everything is loaded."""
        if self._serving is None:
            raise RuntimeError("nothing is loaded yet")
        return self._serving.connect(peer, host)


def _load() -> None:
    import hubbub.gateways.http.application  # noqa: PLC0415 - loaded when it is needed
    import hubbub.gateways.http.serving  # noqa: PLC0415 - as above
    import hubbub.server.subprotocols  # noqa: F401, PLC0415 - as above


def _make(parts: Parts, naming_seconds: float) -> "Serving":
    from hubbub.gateways.http.application import make_application  # noqa: PLC0415 - as above
    from hubbub.gateways.http.serving import Serving  # noqa: PLC0415 - as above

    return Serving(make_application(parts), parts.clock, naming_seconds, parts.tally)
