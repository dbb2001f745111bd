"""Blobs in a folder: a file for each, called by its digest, in folders called by the digest's first two digits."""

import asyncio
import os
import re
import shutil
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from hubbub.service.blobs import SHARDS, BlobReader, Digest
from hubbub.stores.folders import FILE_MODE, FOLDER_MODE, changed_ms, make_folder, sync_folder, translated

T = TypeVar("T")

THREADS: Final = 4
"""Files that are read at the same time: a disk has no more hands than that, and whoever reads slowly holds none."""

_DIGEST: Final = re.compile("[0-9a-f]{64}")


class FolderBlobs:
    """Keeps blobs in a folder, which other programs may read at any time: what has its name there is whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = ThreadPoolExecutor(THREADS, "hubbub-files-read")

    async def open(self) -> None:
        """Make the folder. Raises `StoreUnusable`."""
        await asyncio.to_thread(make_folder, self._folder)

    async def close(self) -> None:
        """End the threads when what was asked before is done."""
        await asyncio.to_thread(self._threads.shutdown)

    async def put(self, source: Path, digest: Digest) -> None:
        """Keep what is in a file; nothing of it is copied where the file system lets a file have two names."""
        await self._run(lambda: _put(source, self._path(digest)))

    async def reader(self, digest: Digest) -> BlobReader | None:
        """Open a blob, or return None."""

        def open_it() -> int | None:
            try:
                return os.open(self._path(digest), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
            except FileNotFoundError:
                return None

        descriptor = await self._run(open_it)
        return None if descriptor is None else _Reader(descriptor, self._run)

    async def delete(self, digest: Digest) -> None:
        """Delete a blob."""
        await self._run(lambda: self._path(digest).unlink(missing_ok=True))

    async def list_shard(self, shard: int, before_ms: int) -> list[Digest]:
        """Return the blobs of a shard that were put before that time."""

        def listed() -> list[Digest]:
            try:
                with os.scandir(self._folder / f"{shard % SHARDS:02x}") as entries:
                    old = [one for one in entries if (changed := changed_ms(one)) is not None and changed < before_ms]
            except FileNotFoundError:
                return []
            return sorted(Digest(one.name) for one in old if _DIGEST.fullmatch(one.name))

        return await self._run(listed)

    def _path(self, digest: Digest) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ValueError(digest)
        return self._folder / digest[:2] / digest

    async def _run(self, job: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _translate, job)


class _Reader:
    """An open file: it is there until it is closed, whatever becomes of its name."""

    def __init__(self, descriptor: int, run: Callable[[Callable[[], bytes]], Awaitable[bytes]]) -> None:
        self._file = os.fdopen(descriptor, "rb", buffering=0)
        self._run = run
        self.size_bytes = os.fstat(descriptor).st_size

    async def read(self, start: int, length: int) -> bytes:
        return await self._run(lambda: os.pread(self._file.fileno(), length, start))

    def close(self) -> None:
        # Who is cancelled while a thread reads for him does not want it any more; an error there reaches nobody.
        self._file.close()


def _put(source: Path, target: Path) -> None:
    folder = target.parent
    if not folder.is_dir():
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        sync_folder(folder.parent)
    try:
        os.link(source, target)
    except FileExistsError:
        # The same content. As if it were put now, so that whoever tidies up leaves it for whom it was put.
        os.utime(target)
    except OSError:
        _copy(source, target)
    else:
        os.utime(target)
    sync_folder(folder)


def _copy(source: Path, target: Path) -> None:
    """Do without links, as some file systems must: a name that does not end in the digest is no blob yet."""
    beside = target.with_suffix(".new")
    try:
        shutil.copyfile(source, beside)
        beside.chmod(FILE_MODE)
        with beside.open("rb") as opened:
            os.fsync(opened.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _translate(job: Callable[[], T]) -> T:
    with translated():
        return job()
