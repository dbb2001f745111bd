"""Files in tests of the service: a node that keeps them, what comes in, and what is there."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from hubbub.core.files import FileId, FileView
from hubbub.core.limits import Limits
from hubbub.service.blobs import SHARDS, Digest, Settled
from hubbub.service.ports import StoreUnavailable
from hubbub.service.shelf import ShelvedFile, Upload
from hubbub.stores.file_storage import FileStorage
from hubbub.stores.memory import MemoryStore
from hubbub.stores.memory_blobs import MemoryBlobs
from hubbub.stores.memory_hooks import MemoryHooks
from hubbub.stores.memory_notebook import MemoryNotebook
from hubbub.stores.memory_shelf import MemoryShelf
from hubbub.stores.memory_vault import MemoryVault
from hubbub.stores.pictures.process import PictureProcesses
from hubbub.stores.spool import FolderSpool
from hubbub.stores.sql import Storage
from tests.service.guests import Guest
from tests.service.node import Node, running

LIMITS: Final = Limits(spare_bytes=0)
"""The defaults, on whatever disk a test runs."""

HELLO: Final = b"hello there\n"


class ControlledShelf(MemoryShelf):
    """Fails when it is told to, before or after its work: a server that is killed then leaves the same behind."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.fails: Callable[[str], bool] = lambda _method: False

    def _enter(self, method: str) -> None:
        if self.fails(method):
            raise StoreUnavailable("the disk is full")

    async def add_upload(self, upload: Upload) -> None:
        """Keep an upload, or fail."""
        self._enter("add_upload")
        await super().add_upload(upload)

    async def drop_upload(self, id_: FileId) -> None:
        """Forget an upload, or fail."""
        self._enter("drop_upload")
        await super().drop_upload(id_)

    async def add_file(self, file: ShelvedFile) -> None:
        """Keep a file, or fail."""
        self._enter("add_file")
        await super().add_file(file)

    async def drop_file(self, id_: FileId) -> bool:
        """Forget a file, or fail when that is done."""
        done = await super().drop_file(id_)
        self._enter("drop_file")
        return done


class WatchedSpool(FolderSpool):
    """Tells when what comes in is whole."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.came_again = asyncio.Event()
        """Set when a second file is whole, and about to be put where files are kept."""
        self._whole = 0

    async def settle(self, source: Path) -> Settled:
        """Have a file on the disk."""
        done = await super().settle(source)
        self._whole += 1
        if self._whole > 1:
            self.came_again.set()
        return done


class FileNode(Node):
    """A node with a spool in a folder, and all else in memory."""

    def __init__(self, folder: Path, store: MemoryStore, blobs: MemoryBlobs, limits: Limits = LIMITS) -> None:
        self.spool = WatchedSpool(folder)
        self.blobs = blobs
        self.shelf = ControlledShelf(store)
        files = FileStorage(self.spool, blobs, PictureProcesses())
        storage = Storage(store, MemoryVault(), MemoryNotebook(store), self.shelf, files, MemoryHooks())
        super().__init__(limits=limits, storage=storage)
        self.uploading = self.filing.uploading

    async def send(self, guest: Guest, data: bytes = HELLO, name: str = "hello.txt") -> FileView:
        """Send a file in pieces."""
        return await self.uploading.receive(guest.session.person, name, len(data), pieces(data))

    async def sweep(self, seconds: float = 0) -> None:
        """Tidy up, some time later."""
        self.clock.advance(seconds)
        await self.filing.tidying.sweep()

    async def read(self, guest: Guest | None, id_: FileId, *, thumbnail: bool = False) -> bytes:
        """Return what somebody reads; raises `Refused`."""
        person = None if guest is None else guest.session.person
        opened = await self.filing.open(id_, person, thumbnail=thumbnail)
        try:
            return await opened.content.read(0, opened.content.size_bytes)
        finally:
            opened.content.close()

    def parts(self) -> list[str]:
        """Return what lies in the spool."""
        return sorted(path.name for path in self.spool.path("x").parent.iterdir())

    async def kept_blobs(self) -> set[Digest]:
        """Return all blobs."""
        return {digest for shard in range(SHARDS) for digest in await self.blobs.list_shard(shard, 1 << 60)}


class FilePlace:
    """What survives a node: its store, its blobs and its spool."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = MemoryStore()
        self.time_ms = 0
        self.blobs = MemoryBlobs(lambda: self.time_ms)

    @asynccontextmanager
    async def running(self, limits: Limits = LIMITS) -> AsyncIterator[FileNode]:
        """Let a node run there."""
        node = FileNode(self.folder, self.store, self.blobs, limits)
        self.time_ms = node.clock.time_ms()
        await node.storage.files.open()
        async with running(node):
            yield node
        await node.storage.files.close()


async def pieces(data: bytes, size: int = 5) -> AsyncIterator[bytes]:
    """Yield data as it comes from a network."""
    for begin in range(0, len(data), size):
        yield data[begin : begin + size]


class CutError(Exception):
    """The connection is gone."""


async def cut(data: bytes, size: int = 5) -> AsyncIterator[bytes]:
    """Yield data, and then the end of the connection."""
    async for piece in pieces(data, size):
        yield piece
    raise CutError
