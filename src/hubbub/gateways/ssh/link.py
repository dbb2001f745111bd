"""The link: AsyncSSH's side of one connection, and what has to be known of it that it does not tell."""

import asyncio
from collections.abc import Callable

from asyncssh import SSHServer, SSHServerConnection, SSHServerConnectionOptions


class Owner(SSHServer):
    """Whoever decides who comes in over a link."""

    async def key_proved(self, data: bytes) -> bool:
        """Take note that somebody holds the private half of this key, and return whether that lets him in."""
        raise NotImplementedError


class Link(SSHServerConnection):
    """One connection.

    AsyncSSH asks its owner whether a key is good before it looks at the signature, and also where there is none: what
    it asked last says nothing about who comes in. Here it is known.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        options: SSHServerConnectionOptions,
        owner: Owner,
        shook_hands: Callable[[], None],
    ) -> None:
        """Ask `owner` what is to be done, and call `shook_hands` whenever keys were exchanged."""
        super().__init__(loop, options)
        self._protocol_factory = lambda: owner
        self._keyholders = owner
        self._shook_hands = shook_hands

    @property
    def waiting_bytes(self) -> int:
        """Return how much of what was given to it is not sent yet.

        What waits for the end of a key exchange counts as well, which a peer may begin and never let come.
        """
        sent = self._transport.get_write_buffer_size() if self._transport else 0
        return sent + sum(sum(map(len, args)) for _, args in self._deferred_packets)

    def let_go(self) -> None:
        """Hold on to nothing any more: what holds itself in circles waits long for the collector."""
        self._protocol_factory = SSHServer
        del self._keyholders, self._shook_hands, self._recv_handler

    @property
    def is_over(self) -> bool:
        """Return whether it takes nothing any more, once it has begun."""
        return self._transport is None

    async def reload_config(self) -> None:
        """Read nothing again: there are no files of OpenSSH's settings here."""

    async def validate_public_key(self, username: str, key_data: bytes, msg: bytes, signature: bytes) -> bool:
        """Return whether a key is good; where it was signed with, who comes in by it is its holder."""
        if not await super().validate_public_key(username, key_data, msg, signature):
            return False
        return not msg or await self._keyholders.key_proved(key_data)

    def send_newkeys(self, k: bytes, h: bytes) -> None:
        """Take note that the keys were exchanged: from here on, it may be a person who takes his time."""
        super().send_newkeys(k, h)
        self._shook_hands()
