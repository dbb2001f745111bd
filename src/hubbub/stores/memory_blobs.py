"""The reference: blobs in memory, which are forgotten when the process ends."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from hubbub.service.blobs import BlobReader, Digest, shard_of


class MemoryBlobs:
    """Keeps blobs in a dictionary. Every method first yields to the loop, as a disk would, so that races show."""

    def __init__(self, time_ms: Callable[[], int]) -> None:
        self._time_ms = time_ms
        self.blobs: dict[Digest, tuple[int, bytes]] = {}
        """When each was put, and what it is."""

    async def open(self) -> None:
        """Get ready, which a dictionary always is."""

    async def put(self, source: Path, digest: Digest) -> None:
        """Keep what is in a file."""
        data = await asyncio.to_thread(source.read_bytes)
        self.blobs[digest] = (self._time_ms(), data)

    async def reader(self, digest: Digest) -> BlobReader | None:
        """Open a blob, or return None."""
        await asyncio.sleep(0)
        found = self.blobs.get(digest)
        return None if found is None else _Reader(found[1])

    async def delete(self, digest: Digest) -> None:
        """Delete a blob."""
        await asyncio.sleep(0)
        self.blobs.pop(digest, None)

    async def list_shard(self, shard: int, before_ms: int) -> list[Digest]:
        """Return the blobs of a shard that were put before that time."""
        await asyncio.sleep(0)
        return sorted(one for one, (put_ms, _) in self.blobs.items() if shard_of(one) == shard and put_ms < before_ms)

    async def close(self) -> None:
        """Do nothing: other nodes may share what is kept."""


class _Reader:
    """Bytes that are there as long as anybody reads them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size_bytes = len(data)

    async def read(self, start: int, length: int) -> bytes:
        await asyncio.sleep(0)
        return self._data[start : start + length]

    def close(self) -> None:
        """Do nothing."""
