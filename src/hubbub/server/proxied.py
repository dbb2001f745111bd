"""Proxied: a connection whose proxy has yet to tell for whom it comes."""

import asyncio
import socket
from collections.abc import Callable
from typing import Final

import structlog

from hubbub.gateways.closing import Closing
from hubbub.server.first_bytes import FirstBytes
from hubbub.server.listen import join_host_port
from hubbub.service.peers import Peer, group_of
from hubbub.wire.errors import BadProxyHeader
from hubbub.wire.proxy import V2_BYTES, ProxyHeader, parse_proxy_header

HEADER_SECONDS: Final = 3.0
"""How long a header may take: section 2 of the specification asks for time for a lost packet to be sent again."""

log = structlog.get_logger(__name__)


class Proxied(FirstBytes):
    """Takes the header, and exactly that; what follows is left as if the client had connected himself.

    The header has to be there: to guess whether it is would let everybody who comes through a proxy write one.
    """

    __slots__ = ("_address", "_told")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        sock: socket.socket,
        address: tuple[str, int],
        told: Callable[["Proxied", Peer | None], None],
    ) -> None:
        """Take where the proxy is, and whom to tell for whom it comes, or (None) that it is gone."""
        super().__init__(loop, sock, V2_BYTES)
        self._address = address
        self._told = told

    def see(self, data: bytes) -> bool:
        """Read the header."""
        try:
            header = parse_proxy_header(data)
        except BadProxyHeader:
            self.see_end()
            return True
        if header is None:
            return False
        self.stop_watching()
        self.sock.recv(header.size_bytes)
        self._told(self, self._peer(header))
        return True

    def see_end(self) -> None:
        """Refuse who has no header, or half of one."""
        log.info(
            "connection.refused", peer=join_host_port(*self._address), reason=Closing.BAD_INPUT.code, protocol="proxy"
        )
        self.drop()

    def drop(self) -> None:
        """Send it away without a word."""
        self.stop_watching()
        self.sock.close()
        self._told(self, None)

    def _peer(self, header: ProxyHeader) -> Peer:
        host, port = self._address if header.host is None else (header.host, header.port)
        return Peer(join_host_port(host, port), group_of(host), header.is_encrypted)
