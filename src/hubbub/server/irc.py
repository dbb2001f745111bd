"""IRC: what the IRC conversations of a server need of its node."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Final
from urllib.parse import urlsplit

from hubbub.core.limits import Limits
from hubbub.core.lookalikes import skeleton
from hubbub.gateways.irc.census import Census
from hubbub.gateways.irc.dialect import Dialects
from hubbub.gateways.irc.names import Names
from hubbub.gateways.irc.offering import Allowed, Offering
from hubbub.gateways.irc.rosters import Rosters
from hubbub.gateways.irc.settings import IrcSettings
from hubbub.phrasing.file_phrases import FileLinks
from hubbub.server import config
from hubbub.server.config import Settings
from hubbub.server.node import Node
from hubbub.service.glimpses import Glimpses

SERVER_NAME: Final = "hubbub.local"
"""What a server is called that has no public URL."""


class Irc:
    """Its dialects are made once: who has the same one hears the very same bytes."""

    def __init__(
        self, node: Node, links: FileLinks, count_unknown: Callable[[], int], *, speaks_tls: bool = False
    ) -> None:
        self._node = node
        self._speaks_tls = speaks_tls
        self._names = Names(node.house, SERVER_NAME)
        self._dialects = Dialects(node.house, self._names, links)
        self._rosters = Rosters(self._names)
        self.offering = Offering()
        self._told = config.IrcSettings()
        self._started_ms = node.clock.time_ms()
        self._census = Census(node.house, node.clock, count_unknown)
        self._glimpses = Glimpses(node.house, node.sessions, node.clock)

    def use(self, settings: Settings) -> None:
        """Be called as the operator calls the server, and its network, and offer what he allows."""
        self._told = settings.irc
        host = urlsplit(settings.public_url).hostname or ""
        # Clients know a server from a person by the full stop; colons of IPv6 addresses divide a line.
        self._names.server = settings.irc.name or (host if "." in host else SERVER_NAME)
        # Whoever were called so would speak as the server, to people at least.
        self._node.house.reserved_looks = frozenset({skeleton(self._names.server)})
        told = settings.irc
        self.offering.use(Allowed(settings.tls.require, settings.people.as_access(), told.sts_port, told.sts_seconds))

    def settings(self, limits: Limits) -> IrcSettings:
        """Return what all conversations share that begin under these limits."""
        node = self._node
        software = f"hubbub {version('hubbub')}"
        return IrcSettings(
            limits,
            software,
            self._told.network,
            self._told.motd.splitlines(),
            datetime.fromtimestamp(self._started_ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M UTC"),
            self._started_ms,
            node.house,
            node.clock,
            self._names,
            self._dialects,
            self._rosters,
            self.offering,
            node.reading.entered,
            node.reading.rooms_known_to,
            node.moves.look_back,
            self._census,
            self._glimpses.look,
            self._speaks_tls,
        )
