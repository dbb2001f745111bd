"""The spool in a folder: a file for each part that is coming in."""

import asyncio
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, TypeVar

from hubbub.service.blobs import PIECE_BYTES, WRITTEN_BYTES, Digest, NoSpace, Settled
from hubbub.service.stepping_back import step_back
from hubbub.stores.folders import FILE_MODE, changed_ms, delete_gently, make_folder, translated
from hubbub.stores.worker import Worker

T = TypeVar("T")

_Task = Literal["write", "settle", "delete"]

FLUSH_BYTES: Final = WRITTEN_BYTES
"""How much of a part may wait to be on the disk. Without it, a gigabyte would go there at once in the end, and whoever
says something meanwhile would wait for it as the commit of his message does: 90 to 300 ms."""

_WRITE: Final = os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW


class FolderSpool:
    """Collects parts in a folder. One thread writes, one brings to the disk what is whole, and one deletes.

    So whoever sends a small file does not wait until a large one is on the disk, or gone from it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._workers: dict[_Task, Worker] = {}
        """Begun when there is something to do: a server to which nobody sends files needs no threads for them."""

    async def open(self) -> None:
        """Make the folder. Raises `StoreUnusable`."""
        await asyncio.to_thread(make_folder, self._folder)

    async def create(self, part: str) -> None:
        """Begin an empty part."""

        def create() -> None:
            os.close(os.open(self.path(part), _WRITE | os.O_CREAT | os.O_EXCL, FILE_MODE))

        await self._write(create)

    async def size(self, part: str) -> int | None:
        """Return how much of a part is there."""

        def size() -> int | None:
            try:
                return self.path(part).stat().st_size
            except FileNotFoundError:
                return None

        return await self._write(size)

    async def write(self, part: str, offset: int, data: bytes, spare_bytes: int) -> None:
        """Write at the end of a part."""
        await self._write(lambda: _write(self.path(part), offset, data, spare_bytes))

    async def read(self, part: str, length: int) -> bytes:
        """Return the beginning of a part."""

        def read() -> bytes:
            with self.path(part).open("rb") as opened:
                return opened.read(length)

        return await self._write(read)

    async def settle(self, source: Path) -> Settled:
        """Have a file on the disk, and return what is in it."""
        return await self._run("settle", lambda: _settle(source))

    def path(self, part: str) -> Path:
        """Return where a part is; it may not lead out of the folder."""
        if not part.isalnum():
            raise ValueError(f"no part is called {part!r}")
        return self._folder / part

    async def discard(self, part: str) -> None:
        """Forget a part, and what lies beside it."""

        def discard() -> None:
            path = self.path(part)
            for one in (path, *self._folder.glob(f"{path.name}.*")):
                delete_gently(one)

        await self._run("delete", discard)

    async def list_parts(self, before_ms: int) -> list[str]:
        """Return the parts that were last written before that time."""

        def parts() -> list[str]:
            with os.scandir(self._folder) as entries:
                old = [one for one in entries if (changed := changed_ms(one)) is not None and changed < before_ms]
            names = {one.name.partition(".")[0] for one in old}
            return sorted(name for name in names if name.isalnum())

        return await self._write(parts)

    async def free_bytes(self) -> int:
        """Return how much of the disk is free."""
        return await self._write(lambda: _free_bytes(self._folder))

    async def close(self) -> None:
        """End the threads when what was asked before is done."""
        for worker in self._workers.values():
            await asyncio.to_thread(worker.stop)
        self._workers.clear()

    async def _write(self, job: Callable[[], T]) -> T:
        return await self._run("write", job)

    async def _run(self, task: _Task, job: Callable[[], T]) -> T:
        if task not in self._workers:
            self._workers[task] = Worker(f"hubbub-files-{task}", step_back)
        return await self._workers[task].run(lambda: _translate(job))


def _translate(job: Callable[[], T]) -> T:
    with translated():
        return job()


def _write(path: Path, offset: int, data: bytes, spare_bytes: int) -> None:
    if spare_bytes and _free_bytes(path.parent) - len(data) < spare_bytes:
        raise NoSpace
    descriptor = os.open(path, _WRITE)
    try:
        if os.fstat(descriptor).st_size != offset:
            raise ValueError(offset)
        _write_all(descriptor, offset, data)
        if offset // FLUSH_BYTES != (offset + len(data)) // FLUSH_BYTES:
            os.fdatasync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, offset: int, data: bytes) -> None:
    left, place = memoryview(data), offset
    try:
        while left:
            written = os.pwrite(descriptor, left, place)
            left, place = left[written:], place + written
    except OSError:
        # The disk may have taken a part of it: whoever goes on begins again where he was told.
        os.ftruncate(descriptor, offset)
        raise


def _settle(source: Path) -> Settled:
    with source.open("rb") as opened:
        os.fsync(opened.fileno())
        digest = hashlib.sha256()
        while piece := opened.read(PIECE_BYTES):
            digest.update(piece)
        return Settled(Digest(digest.hexdigest()), opened.tell())


def _free_bytes(folder: Path) -> int:
    figures = os.statvfs(folder)
    return figures.f_bavail * figures.f_frsize
