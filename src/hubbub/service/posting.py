"""What outgoing webhooks need of the outside: somebody who posts, and goes nowhere that he must not."""

from collections.abc import Mapping
from typing import Protocol

import msgspec


class Unreachable(Exception):  # noqa: N818 - named by what is wrong
    """Nothing was answered, or nothing may be posted there; the text says why in a few words, for people."""


class Posted(msgspec.Struct, frozen=True):
    """What was answered."""

    status: int
    content_type: str = ""
    body: bytes = b""
    """Empty where it was longer than anybody reads."""
    retry_seconds: float = 0.0
    """How long the receiver asks to be left alone; 0 where it does not."""


class Poster(Protocol):
    """Posts over HTTP, in a bounded time and with a bounded answer, following no redirect."""

    async def require_allowed(self, url: str) -> None:
        """Raise `Unreachable` where nothing may be posted, as far as that is known before."""

    async def post(self, url: str, fields: Mapping[str, str], body: bytes) -> Posted:
        """Post something, to an address that is allowed at this moment. Raises `Unreachable`."""

    async def close(self) -> None:
        """Let go of everything; harmless when repeated."""
