"""Serving: what all HTTP connections of a server share, and how one begins."""

from email.utils import formatdate
from typing import Final

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.server import ServerState

from hubbub.gateways.http.exchange import Exchange, Upgrader
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock
from hubbub.service.tally import Tally

DATE_SECONDS: Final = 1.0
"""How long an answer may tell the same time."""

_MILLISECONDS: Final = 1_000


class Serving:
    """Begins connections that are answered by an application."""

    def __init__(self, app: ASGIApp, clock: Clock, naming_seconds: float, tally: Tally) -> None:
        """Allow so many seconds for the head of a request; 0 = as long as it takes. It may be changed at any time."""
        self.naming_seconds = naming_seconds
        self.clock = clock
        self.tally = tally
        self.state = ServerState()
        self.config = Config(
            app,
            http=Exchange,
            ws="none",
            loop="none",
            lifespan="off",
            interface="asgi3",
            # What is logged, and how, is ours to say: addresses of requests may hold secrets.
            log_config=None,
            access_log=False,
            # A proxy that tells for whom it comes does so before the first byte: `server/proxied.py`.
            proxy_headers=False,
        )
        self._dated_at = -DATE_SECONDS

    def connect(self, peer: Peer, host: Upgrader) -> Exchange:
        """Return the protocol for a connection."""
        return Exchange(self, peer, host)

    def refresh_date(self) -> None:
        """See to it that answers tell the time. RFC 9110 section 6.6.1."""
        now = self.clock.monotonic()
        if now - self._dated_at >= DATE_SECONDS:
            self._dated_at = now
            date = formatdate(self.clock.time_ms() / _MILLISECONDS, usegmt=True)
            self.state.default_headers = [(b"date", date.encode())]
