"""A network between a store and its PostgreSQL server that breaks on command, just when it hurts."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

SOCKET: Final = ".s.PGSQL.5432"
"""Name of a server's socket in its folder: https://www.postgresql.org/docs/current/runtime-config-connection.html."""

_COMMIT: Final = b"COMMIT;\0"
"""How the driver's simple query for a commit ends."""

_CHUNK: Final = 65_536

Fate = Literal["passes", "answer is lost", "request is lost", "request is stuck", "request is late"]
"""What happens to a commit.

One that is stuck leaves the server waiting, which cannot see that the store is gone; one that is late arrives all the
same, when `release` is set.
"""


class Proxy:
    """Passes everything on, until told otherwise; `folder` is where its own socket is."""

    def __init__(self, folder: Path, server_folder: Path) -> None:
        self.folder = folder
        self.next_commit: Fate = "passes"
        self.cut_at_commit = False
        """Whether nothing passes any more after a commit that did not pass."""
        self.release = asyncio.Event()
        self._server_socket = server_folder / SOCKET
        self._listener: asyncio.Server | None = None
        self._links: set[asyncio.Task[object]] = set()

    async def start(self) -> None:
        """Accept connections, for the first time or again."""
        self._listener = await asyncio.start_unix_server(self._serve, self.folder / SOCKET)

    async def cut(self) -> None:
        """Break all connections and accept no more; harmless when repeated."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
            (self.folder / SOCKET).unlink(missing_ok=True)
        current = asyncio.current_task()
        links = [link for link in self._links if link is not current]
        for link in links:
            link.cancel()
        await asyncio.gather(*links, return_exceptions=True)

    async def _serve(self, from_store: asyncio.StreamReader, to_store: asyncio.StreamWriter) -> None:
        link = asyncio.current_task()
        assert link is not None
        self._links.add(link)
        from_server, to_server = await asyncio.open_unix_connection(self._server_socket)
        answers = asyncio.create_task(_pass_on(from_server, to_store))
        try:
            with suppress(ConnectionError):
                while data := await from_store.read(_CHUNK):
                    if data.endswith(_COMMIT) and self.next_commit != "passes":
                        await _stop(answers)
                        await self._strike(data, from_server, to_server, to_store)
                        break
                    to_server.write(data)
        finally:
            self._links.discard(link)
            await _stop(answers)
            for writer in (to_store, to_server):
                writer.transport.abort()
                with suppress(ConnectionError):
                    await writer.wait_closed()

    async def _strike(
        self,
        data: bytes,
        from_server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
        to_store: asyncio.StreamWriter,
    ) -> None:
        fate, self.next_commit = self.next_commit, "passes"
        if fate == "answer is lost":
            to_server.write(data)
            await from_server.read(_CHUNK)
        if self.cut_at_commit:
            await self.cut()
        to_store.transport.abort()
        if fate == "request is late":
            await self.release.wait()
            to_server.write(data)
            await from_server.read(_CHUNK)
        if fate == "request is stuck":
            await from_server.read()  # until the server loses its patience


async def _pass_on(from_server: asyncio.StreamReader, to_store: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await from_server.read(_CHUNK):
            to_store.write(data)
    to_store.close()


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
