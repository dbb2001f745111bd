"""Parting: the last words of a connection, and its end once they have arrived, or nobody takes them."""

import asyncio
from typing import Final

import structlog

from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import Conversation
from hubbub.service.outbox import Outbox
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock, Timer

GOODBYE_SECONDS: Final = 1.0
"""How long the answer to the last words may take: some round trips on a bad line."""

FLUSH_SECONDS: Final = 5.0
"""How long a closing connection may take to read its last words."""

log = structlog.get_logger(__name__)


class Parting:
    """Ends one connection such that its last words arrive. Whatever fails in saying them, it ends."""

    __slots__ = ("_clock", "_conversation", "_outbox", "_peer", "_timer", "_transport")

    def __init__(
        self, conversation: Conversation, transport: asyncio.Transport, outbox: Outbox, clock: Clock, peer: Peer
    ) -> None:
        self._conversation = conversation
        self._transport = transport
        self._outbox = outbox
        self._clock = clock
        self._peer = peer
        self._timer: Timer | None = None

    def say_farewell(self, sentence: str, closing: Closing) -> bytes:
        """Return the last words in the protocol's own way."""
        try:
            return self._conversation.farewell(sentence, closing)
        except Exception:  # the error policy: who cannot be told goodbye has to go all the same
            log.exception("connection.internal", peer=self._peer.place)
            return b""

    def hear(self, data: bytes) -> None:
        """Take what comes after the last words; if that is their answer, the end has come."""
        if self._is_goodbye(data):
            self._transport.close()

    def close_when_sent(self) -> None:
        """Close once what waits is sent and, where the protocol has an answer to it, answered; in any case soon.

        To close on somebody who still sends is to reset, which can overtake the last words.
        """
        self._outbox.seal()
        if self._transport.is_closing() or self._is_goodbye(b""):
            self._close_soon()
        else:
            self._transport.resume_reading()
            self._timer = self._clock.call_later(GOODBYE_SECONDS, self._close_soon)

    def stop_waiting(self) -> None:
        """Wait for nothing any more: the connection is gone."""
        if self._timer is not None:
            self._timer.cancel()

    def _close_soon(self) -> None:
        self._transport.close()
        self._timer = self._clock.call_later(FLUSH_SECONDS, self._transport.abort)

    def _is_goodbye(self, data: bytes) -> bool:
        try:
            return self._conversation.receive_goodbye(data)
        except Exception:  # the error policy, as above
            log.exception("connection.internal", peer=self._peer.place)
            return True
