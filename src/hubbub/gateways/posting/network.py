"""The network as a poster may use it: an address is looked up once, judged, and that address is connected to.

Whoever judged a name and left it to a library to look it up again could be sent to another address the second time.
"""

import asyncio
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Final

from anyio.lowlevel import checkpoint
from httpcore import AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream, ConnectError, ConnectTimeout

from hubbub.wire.reachable import Address, Network, may_reach, parse_address

RESOLVE_SECONDS: Final = 5.0
"""How long a name may take to be looked up: a resolver's own first timeout (resolv.conf(5))."""

LOOKUPS: Final = 64
"""Most names that are being looked up: all that are posted to at once, and as many that nobody waits for any more."""

ADDRESSES_TRIED: Final = 4
"""Most addresses of one name that are tried in turn."""

NOT_ALLOWED: Final = (
    "nothing may be posted there: it is no public address, or cannot be found (the operator can allow networks with "
    "hooks.allow_private)"
)
"""One sentence for both: nobody learns by it which names the server's own network knows."""

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Looks a name up, and returns its addresses as texts. Raises `OSError` where it has none."""

_free_lookups: Final = threading.BoundedSemaphore(LOOKUPS)

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class NotAllowed(ConnectError):  # noqa: N818 - named by what is wrong
    """Nothing may be connected there."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """Look a name up as every program on this machine does, on a thread of its own.

    The loop's own way has four threads or six for everybody: a few names whose servers do not answer would hold up all
    others. Nobody waits for such a thread at the end, either.
    """
    if not _free_lookups.acquire(blocking=False):
        raise OSError("too many names are being looked up")
    loop = asyncio.get_running_loop()
    found: asyncio.Future[Sequence[str]] = loop.create_future()

    def tell(addresses: Sequence[str], error: Exception | None) -> None:
        if not found.done():
            found.set_exception(error) if error else found.set_result(addresses)

    def look_up() -> None:
        addresses: list[str] = []
        failure: Exception | None = None
        try:
            addresses = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, ValueError) as error:
            # ValueError: a label of the name is empty, or too long.
            failure = error
        finally:
            _free_lookups.release()
        # Whoever is gone by now does not wait for it.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(tell, addresses, failure)

    threading.Thread(target=look_up, name="look up", daemon=True).start()
    return await found


async def find_allowed(host: str, port: int, allowed: Sequence[Network], look_up: Resolve) -> list[Address]:
    """Return the addresses of a host that may be reached. Raises `NotAllowed` where there are none."""
    try:
        async with asyncio.timeout(RESOLVE_SECONDS):
            texts = await look_up(host, port)
    except (OSError, TimeoutError, ValueError):
        texts = []
    addresses = [address for text in texts if may_reach(address := parse_address(text), allowed)]
    if not addresses:
        raise NotAllowed(NOT_ALLOWED)
    return list(dict.fromkeys(addresses))[:ADDRESSES_TRIED]


class GuardedNetwork(AsyncNetworkBackend):
    """Connects to allowed addresses, and to nothing else; not to sockets of this machine either, which raises."""

    def __init__(self, allowed: Callable[[], Sequence[Network]], look_up: Resolve) -> None:
        """Ask `allowed` for the networks that an operator allows, each time: they may change."""
        self._allowed = allowed
        self._look_up = look_up
        self._inner = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> AsyncNetworkStream:
        """Connect to the first allowed address that answers. TLS still asks for the host by its name."""
        addresses = await find_allowed(host, port, self._allowed(), self._look_up)
        for address in addresses[:-1]:
            try:
                return await self._inner.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (ConnectError, ConnectTimeout):
                await checkpoint()
        return await self._inner.connect_tcp(str(addresses[-1]), port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)


def make_ssl_context() -> ssl.SSLContext:
    """Return how servers are checked: as this machine trusts them."""
    return ssl.create_default_context()
