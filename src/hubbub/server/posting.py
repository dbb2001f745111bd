"""Posting for webhooks. Its libraries are not loaded before somebody is posted to, for a bare server needs none."""

import asyncio
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from hubbub.server.networks import Network, parse_networks

if TYPE_CHECKING:
    from hubbub.service.posting import Poster

USER_AGENT: Final = "hubbub/{version}"
"""How the server names itself to those whom it posts to."""


class Posting:
    """Makes the one who posts, and knows where he may."""

    def __init__(self, allow_private: tuple[str, ...]) -> None:
        self._allowed: tuple[Network, ...] = ()
        self.use(allow_private)

    def use(self, allow_private: tuple[str, ...]) -> None:
        """Allow these networks from now on."""
        self._allowed = parse_networks(allow_private)

    async def make(self) -> "Poster":
        """Make him; in a thread, so that those who are in go on hearing each other meanwhile."""
        return await asyncio.to_thread(self._make)

    def _make(self) -> "Poster":
        from hubbub.gateways.posting.poster import HttpPoster  # noqa: PLC0415 - loaded when it is needed

        return HttpPoster(USER_AGENT.format(version=version("hubbub")), lambda: self._allowed)
