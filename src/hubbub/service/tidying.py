"""Tidying: files go that nobody is shown any more, and what is left of uploads and servers that came to an end."""

from collections.abc import Container
from typing import Final

import structlog

from hubbub.core.files import FileId
from hubbub.service.blobs import SHARDS
from hubbub.service.ports import Clock
from hubbub.service.shelving import FileParts, Shelving
from hubbub.service.uploading import Uploading

GRACE_MS: Final = 3_600_000
"""How long what nobody knows of is left alone: an hour. Whoever has just put it there is about to note it, also on
another node; and a clock may be wrong by some minutes."""

LOOK_SECONDS: Final = 600.0
"""How often uploads and files are looked for that nobody has used."""

REPAIR_SECONDS: Final = 86_400.0
"""How often all blobs are looked at: what is there and unknown was left by a server that was killed."""

DROPPED_AT_ONCE: Final = 100
"""Files that are looked up at a time to be dropped."""

log = structlog.get_logger(__name__)


class Tidying:
    """Drops what is not needed, and never what is being written or about to be shown."""

    def __init__(
        self, parts: FileParts, shelving: Shelving, uploading: Uploading, pinned: Container[FileId], clock: Clock
    ) -> None:
        self._shelf, self._spool, self._blobs = parts.shelf, parts.spool, parts.blobs
        self._shelving = shelving
        self._uploading = uploading
        self._pinned = pinned
        self._clock = clock
        self._is_asked = True
        """Whether a message may have gone that showed a file."""
        self._looked_at: float | None = None
        self._repaired_at: float | None = None

    def notice_removal(self) -> None:
        """Have it seen to with the next sweep that a message is deleted or erased."""
        self._is_asked = True

    async def sweep(self) -> None:
        """Do what is due. Raises `StoreUnavailable` and `NoSpace`; what was not reached comes next time."""
        now = self._clock.monotonic()
        if is_due := _is_due(self._looked_at, now, LOOK_SECONDS):
            await self._drop_uploads()
            self._looked_at = now
        if self._is_asked or is_due:
            self._is_asked = False
            try:
                await self._drop_files()
            except BaseException:
                self._is_asked = True
                raise
        if _is_due(self._repaired_at, now, REPAIR_SECONDS):
            await self._drop_parts()
            await self._drop_blobs()
            self._repaired_at = now

    async def _drop_files(self) -> None:
        while files := await self._shelf.list_left(self._unused_before_ms(), DROPPED_AT_ONCE):
            dropped = 0
            for file in files:
                if file.view.id not in self._pinned and await self._shelving.drop(file):
                    dropped += 1
            if not dropped:
                return  # they are about to be shown
            log.info("files.dropped", count=dropped)

    async def _drop_uploads(self) -> None:
        for upload in await self._shelf.list_uploads(self._unused_before_ms()):
            if upload.id not in self._uploading.active:
                await self._uploading.discard(upload.id)
                log.info("upload.dropped", size_bytes=upload.size_bytes)

    async def _drop_parts(self) -> None:
        for part in await self._spool.list_parts(self._clock.time_ms() - GRACE_MS):
            id_ = FileId(part)
            if id_ not in self._uploading.active and await self._shelf.find_upload(id_) is None:
                await self._spool.discard(part)
                log.info("files.repaired", left="part")

    async def _drop_blobs(self) -> None:
        for shard in range(SHARDS):
            digests = await self._blobs.list_shard(shard, self._clock.time_ms() - GRACE_MS)
            known = await self._shelf.find_digests(digests) if digests else set()
            for digest in digests:
                if digest not in known and await self._shelving.drop_blob(digest):
                    log.info("files.repaired", left="blob")

    def _unused_before_ms(self) -> int:
        seconds = self._uploading.limits.upload_seconds
        return self._clock.time_ms() - int(seconds * 1_000) if seconds else 0


def _is_due(last: float | None, now: float, seconds: float) -> bool:
    return last is None or now - last >= seconds
