"""A proxy of the test's own: it passes bytes on, until it is told to spoil something."""

import asyncio
import contextlib
import random
import socket
from collections.abc import Coroutine, Iterator
from types import TracebackType
from typing import Final, Self

from tests.outside.raw import RESET
from tests.seeds.client import Address

CHUNK_BYTES: Final = 4_096
"""Most that is passed on at once: small, so that there is something to cut."""


class Mischief:
    """What a proxy does to what passes, drawn from a seed."""

    def __init__(self, seed: int, cuts: int, repeats: int = 0) -> None:
        self._random = random.Random(seed)
        self.cuts = cuts
        """How many connections may still be cut."""
        self.repeats = repeats
        """How many may still be repeated."""

    def cut_at(self, size: int) -> int | None:
        """Return after how many of these bytes to cut, or None to pass them all on."""
        if self.cuts <= 0 or self._random.random() > 0.02:
            return None
        self.cuts -= 1
        return self._random.randrange(size + 1)

    def delay_seconds(self) -> float:
        """Return how long to hold them back."""
        return self._random.random() * 0.02 if self._random.random() < 0.2 else 0.0

    def is_repeated(self) -> bool:
        """Whether everything that a client has sent is sent again by somebody else."""
        if self.repeats <= 0 or self._random.random() > 0.02:
            return False
        self.repeats -= 1
        return True

    def is_reset(self) -> bool:
        """Whether a cut is a reset, and no orderly end."""
        return self._random.random() < 0.5


class Proxy:
    """Listens on a port of its own, for one server."""

    def __init__(self, server: Address, mischief: Mischief | None = None) -> None:
        self.server = server
        self.mischief = mischief
        self.heard = bytearray()
        """What clients have sent, while there is no mischief."""
        self._connected = asyncio.Event()
        self.connections = 0
        """How many there have been."""
        self._thawed = asyncio.Event()
        self._thawed.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listener: asyncio.Server | None = None
        self.address = Address("127.0.0.1", 0)

    async def __aenter__(self) -> Self:
        self._listener = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.address = Address(*self._listener.sockets[0].getsockname())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._listener is not None:
            self._listener.close()
        self.cut_all()
        for task in (tasks := set(self._tasks)):
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    @property
    def endpoint(self) -> str:
        """Where clients find it."""
        return f"{self.address.host}:{self.address.port}"

    def freeze(self) -> None:
        """Pass nothing on to clients, as when Wi-Fi drops."""
        self._thawed.clear()

    def thaw(self) -> None:
        """Pass on what was held back, and what comes."""
        self._thawed.set()

    async def wait_for_connections(self, count: int) -> None:
        """Wait until there have been so many."""
        while self.connections < count:
            self._connected.clear()
            await self._connected.wait()

    def cut_all(self) -> None:
        """Reset every connection."""
        for writer in set(self._writers):
            _cut(writer, is_reset=True)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._connected.set()
        try:
            from_server, to_server = await asyncio.open_connection(*self.server)
        except OSError:
            _cut(writer, is_reset=True)
            return
        with self._keeping(writer, to_server):
            sent = bytearray()
            upwards = self._spawn(self._pass(reader, to_server, sent))
            downwards = self._spawn(self._pass(from_server, writer, None))
            await asyncio.wait([upwards, downwards], return_when=asyncio.FIRST_COMPLETED)
            is_reset = self.mischief is not None and self.mischief.is_reset()
            for end in (writer, to_server):
                _cut(end, is_reset=is_reset)
            await asyncio.wait([upwards, downwards])

    @contextlib.contextmanager
    def _keeping(self, *writers: asyncio.StreamWriter) -> Iterator[None]:
        self._writers.update(writers)
        try:
            yield
        finally:
            self._writers.difference_update(writers)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytearray | None) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                if sent is None:
                    await self._thawed.wait()
                else:
                    sent += data
                    if self.mischief is None:
                        self.heard += data
                cut = await self._spoil(sent, len(data))
                writer.write(data[:cut])
                await writer.drain()
                if cut is not None:
                    return

    async def _spoil(self, sent: bytearray | None, size: int) -> int | None:
        """Hold what passes up; return after how many bytes of it to cut, if at all."""
        mischief = self.mischief
        if mischief is None:
            return None
        await asyncio.sleep(mischief.delay_seconds())
        if sent is not None and mischief.is_repeated():
            _ = self._spawn(self._repeat(bytes(sent)))
        return mischief.cut_at(size)

    async def _repeat(self, sent: bytes) -> None:
        """Send it all again, on a connection that nobody listens to."""
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection(*self.server)
            with self._keeping(writer):
                writer.write(sent)
                await writer.drain()
                await reader.read(CHUNK_BYTES)
                _cut(writer, is_reset=True)

    def _spawn(self, work: Coroutine[object, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _cut(writer: asyncio.StreamWriter, *, is_reset: bool) -> None:
    if writer.is_closing():
        return
    if is_reset:
        own: socket.socket = writer.get_extra_info("socket")
        with contextlib.suppress(OSError):
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        writer.transport.abort()
    else:
        writer.close()
