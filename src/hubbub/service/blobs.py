"""Blobs: what is in files, kept by what it is; and the spool, where what is still coming in is collected."""

from pathlib import Path
from typing import Final, NamedTuple, NewType, Protocol

Digest = NewType("Digest", str)
"""SHA-256 of what is in a file, as 64 hexadecimal digits: the same content is kept once."""

PIECE_BYTES: Final = 262_144
"""How much of a file is in memory at a time, for each that comes or goes: 256 KiB, some milliseconds of a disk's work,
and large enough that hops to a thread and back cost little."""

WRITTEN_BYTES: Final = 65_536
"""How much of a part is written, and brought to the disk, at a time: 64 KiB, a fraction of a millisecond, for which
the commit of somebody's message may have to wait."""

SHARDS: Final = 256
"""Parts into which blobs are divided by the first two digits of their names, so that no folder becomes unwieldy."""


class Settled(NamedTuple):
    """A file of the spool that is on the disk."""

    digest: Digest
    size_bytes: int


class NoSpace(Exception):  # noqa: N818 - named by what is wrong, as in the architecture's error policy
    """The disk is full, or nearly; nothing was kept of what was to be written."""


class BlobReader(Protocol):
    """An opened blob. It can be read to its end even when it is deleted meanwhile."""

    @property
    def size_bytes(self) -> int:
        """How large it is."""

    async def read(self, start: int, length: int) -> bytes:
        """Return up to `length` bytes; fewer only at its end."""

    def close(self) -> None:
        """Let go of it; harmless when repeated."""


class Blobs(Protocol):
    """Keeps blobs until they are deleted. What is put here is durable: it survives `kill -9` and a power cut."""

    async def open(self) -> None:
        """Get ready. Raises `StoreUnusable`."""

    async def put(self, source: Path, digest: Digest) -> None:
        """Keep what is in a file of the spool, which may be there afterwards or not; harmless where it is kept.

        All or nothing. Raises `NoSpace`.
        """

    async def reader(self, digest: Digest) -> BlobReader | None:
        """Open a blob, or return None where there is none."""

    async def delete(self, digest: Digest) -> None:
        """Delete a blob; harmless where there is none."""

    async def list_shard(self, shard: int, before_ms: int) -> list[Digest]:
        """Return the blobs of one of the `SHARDS` that were put before that time, and not again since."""

    async def close(self) -> None:
        """Let go of everything; harmless when repeated."""


class Spool(Protocol):
    """Collects what comes in on this machine, part by part. Each part has one writer at a time, and a name of its own.

    A part is as long as what was written to it, also after a restart: that is where an upload goes on.
    """

    async def open(self) -> None:
        """Get ready. Raises `StoreUnusable`."""

    async def create(self, part: str) -> None:
        """Begin an empty part. Raises `NoSpace`."""

    async def size(self, part: str) -> int | None:
        """Return how much of a part is there, or None where there is none."""

    async def write(self, part: str, offset: int, data: bytes, spare_bytes: int) -> None:
        """Write at the end of a part, which is there; all or nothing.

        Raises `NoSpace` where less than so much of the disk would be free.
        """

    async def read(self, part: str, length: int) -> bytes:
        """Return the beginning of a part."""

    async def settle(self, source: Path) -> Settled:
        """Have what is in a file of the spool on the disk, and return what it is. Raises `NoSpace`."""

    def path(self, part: str) -> Path:
        """Return where a part is; what lies beside it under its name and a dot is discarded with it."""

    async def discard(self, part: str) -> None:
        """Forget a part; harmless where there is none."""

    async def list_parts(self, before_ms: int) -> list[str]:
        """Return the parts that were last written before that time."""

    async def free_bytes(self) -> int:
        """Return how much of the disk is free."""

    async def close(self) -> None:
        """Let go of everything; harmless when repeated."""


def shard_of(digest: Digest) -> int:
    """Return in which shard a blob is."""
    return int(digest[:2], 16)
