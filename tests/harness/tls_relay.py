"""A relay that encrypts: what a client without TLS is put behind, as stunnel is, to reach a server over TLS."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Final, Self

from tests.harness.script import Script
from tests.harness.server import Server
from tests.harness.stage import ALWAYS_PINNED, Venue
from tests.seeds.client import Address

READ_BYTES: Final = 65_536


class TlsRelay:
    """Takes connections on a port of its own, and makes one over TLS to the server for each. Use it in a `with`."""

    def __init__(self, server: Address) -> None:
        self._server = server
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._context.check_hostname = False
        self._context.verify_mode = ssl.CERT_NONE
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        self._listener = self._wait_for(lambda: asyncio.start_server(self._relay, "127.0.0.1", 0))
        self.address = Address(*self._listener.sockets[0].getsockname()[:2])
        return self

    def __exit__(self, *_exception: object) -> None:
        """Drop every connection, and stop."""
        self._wait_for(self._end)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait_for(self, work: "Callable[[], Coroutine[object, object, asyncio.Server]]") -> asyncio.Server:
        return asyncio.run_coroutine_threadsafe(work(), self._loop).result()

    async def _end(self) -> asyncio.Server:
        self._listener.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return self._listener

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        writers = [writer]
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._server, ssl=self._context)
            writers.append(far_writer)
            await asyncio.gather(pass_on(reader, far_writer), pass_on(far_reader, writer))
        except asyncio.CancelledError:
            # Only the end of the test does that, and then nobody waits for what is left.
            for one in writers:
                one.transport.abort()
        finally:
            for one in writers:
                one.close()
                with suppress(OSError):
                    await one.wait_closed()
            self._tasks.discard(task)


async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what comes, as it comes, until one of both is gone."""
    with suppress(ConnectionError):
        while data := await reader.read(READ_BYTES):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextmanager
def relay_for(script: Script, server: Venue) -> Iterator[Address | None]:
    """Give where those of a script join who come over TLS; None where nobody does."""
    if not script.encrypted:
        yield None
        return
    with TlsRelay(server.address("auto")) as relay:
        yield relay.address


class Encrypted:
    """A server whose clients come over TLS to the one port, whatever they speak, if they can be found out there."""

    def __init__(self, server: Server, relay: TlsRelay) -> None:
        self._server = server
        self._relay = relay
        self.start = server.start
        self.stop = server.stop
        self.kill = server.kill

    def address(self, protocol: str = "") -> Address:
        """Give the address of the relay, or of the listener that has to be pinned."""
        return self._server.address(protocol) if protocol == ALWAYS_PINNED else self._relay.address
