"""Shelving: what came in becomes a file, and a file that nobody needs goes. Content that files share is kept once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import NamedTuple
from weakref import WeakValueDictionary

import structlog

from hubbub.core.files import FileView
from hubbub.core.kinds import Refused
from hubbub.service.blobs import Blobs, Digest, NoSpace, Spool
from hubbub.service.media import SNIFFED_BYTES, sniff
from hubbub.service.pictures import Pictures, Refined
from hubbub.service.ports import Clock
from hubbub.service.shelf import Shelf, ShelvedFile, Upload

NOT_A_PICTURE = Refined()

log = structlog.get_logger(__name__)


class FileParts(NamedTuple):
    """What keeps files: what is known of them, what comes in, what is kept, and who looks at pictures."""

    shelf: Shelf
    spool: Spool
    blobs: Blobs
    pictures: Pictures


class Shelving:
    """Puts files on the shelf and takes them from it: what is in them before what is known, and the other way round.

    So whatever is known is there, however a server ends. Whoever keeps or deletes a blob holds its turn, so that none
    is deleted in the moment in which another file needs it.
    """

    def __init__(self, parts: FileParts, clock: Clock) -> None:
        self._shelf, self._spool, self._blobs, self._pictures = parts
        self._clock = clock
        self._turns: WeakValueDictionary[Digest, asyncio.Lock] = WeakValueDictionary()

    async def shelve(self, upload: Upload, sent_bytes: int) -> FileView:
        """Make a file of an upload that is all there. Raises `Refused` and `StoreUnavailable`; then it stays one."""
        with refusing_without_space():
            file = await self._look_at(upload, sent_bytes)
        await self._spool.discard(upload.id)
        log.info("file.shelved", size_bytes=file.view.size_bytes, media_type=file.view.media_type)
        return file.view

    async def _look_at(self, upload: Upload, sent_bytes: int) -> ShelvedFile:
        spool = self._spool
        path = spool.path(upload.id)
        picture = await self._pictures.refine(path) or NOT_A_PICTURE
        content = await spool.settle(picture.clean or path)
        small = None if picture.thumbnail is None else await spool.settle(picture.thumbnail)
        media_type = picture.media_type or sniff(await spool.read(upload.id, SNIFFED_BYTES), upload.name)
        view = FileView(
            upload.id,
            upload.name,
            media_type,
            content.size_bytes,
            picture.width,
            picture.height,
            has_thumbnail=small is not None,
        )
        thumbnail = None if small is None else small.digest
        file = ShelvedFile(view, upload.owner, content.digest, thumbnail, sent_bytes, self._clock.time_ms())
        async with self._turn(*file.digests):
            await self._blobs.put(picture.clean or path, content.digest)
            if picture.thumbnail is not None and thumbnail is not None:
                await self._blobs.put(picture.thumbnail, thumbnail)
            await self._shelf.add_file(file)
        return file

    async def drop(self, file: ShelvedFile) -> bool:
        """Let a file go unless a message shows it, and what is in it unless another file has the same."""
        if not await self._shelf.drop_file(file.view.id):
            return False
        for digest in file.digests:
            await self.drop_blob(digest)
        return True

    async def drop_blob(self, digest: Digest) -> bool:
        """Delete a blob that no file has, and return whether it had none."""
        async with self._turn(digest):
            if await self._shelf.find_digests([digest]):
                return False
            await self._blobs.delete(digest)
            return True

    @asynccontextmanager
    async def _turn(self, *digests: Digest) -> AsyncIterator[None]:
        async with AsyncExitStack() as held:
            # In one order, so that no two wait for each other.
            for digest in sorted(set(digests)):
                turn = self._turns.get(digest)
                if turn is None:
                    turn = self._turns[digest] = asyncio.Lock()
                await held.enter_async_context(turn)
            yield


@contextmanager
def refusing_without_space() -> Iterator[None]:
    """Tell people that the disk is full."""
    try:
        yield
    except NoSpace as error:
        log.warning("files.disk_full")
        raise Refused("disk_full", "The server's disk is full. Tell whoever runs it, and try again later.") from error
