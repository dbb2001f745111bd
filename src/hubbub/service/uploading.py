"""Uploading: files come in, a piece at a time, at once or with interruptions, within what their sender may take."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final, NamedTuple
from weakref import WeakValueDictionary

from msgspec.structs import replace

from hubbub.core.files import FileId, FileView, clean_file_name, describe_size, no_such_file
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.limits import Limits
from hubbub.service.blobs import WRITTEN_BYTES
from hubbub.service.ports import Clock
from hubbub.service.secret_codes import make_file_id
from hubbub.service.shelf import Upload
from hubbub.service.shelving import FileParts, Shelving, refusing_without_space

GROWTH_BYTES: Final = 8 * 1_024 * 1_024
"""How much room is made at a time for an upload of which nobody has said how large it is."""

BUSY_SECONDS: Final = 1.0
"""When to try again to go on with an upload that another connection is still writing to."""


class WrongOffset(Exception):  # noqa: N818 - named by what is wrong
    """Somebody goes on with an upload elsewhere than where it ends; nothing was written."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the upload goes on at {offset}")
        self.offset = offset
        """Where it ends."""


class Progress(NamedTuple):
    """How much of an upload is there."""

    offset: int
    size_bytes: int
    file: FileView | None = None
    """What it has become once it is all there."""
    expires_ms: int | None = None
    """When it is forgotten if nothing more comes; None for never, or when it is a file."""


class Uploading:
    """Takes files in. An upload belongs to who began it, and has one writer at a time."""

    def __init__(self, parts: FileParts, shelving: Shelving, house: House, clock: Clock, limits: Limits) -> None:
        self._shelf, self._spool = parts.shelf, parts.spool
        self._shelving = shelving
        self._house = house
        self._clock = clock
        self.limits = limits
        """May be replaced at any time."""
        self.active: set[FileId] = set()
        """Uploads that are being written."""
        self._turns: WeakValueDictionary[PersonId, asyncio.Lock] = WeakValueDictionary()
        """Held while it is found out how much room somebody has, so that two uploads do not take the same."""

    async def receive(
        self, person: Person, name: str, size_bytes: int | None, content: AsyncIterator[bytes]
    ) -> FileView:
        """Take a file in at once; None for a size that nobody has said. Nothing is left of one that does not arrive.

        Raises `Refused`, `StoreUnavailable`, and whatever reading the content does.
        """
        upload = await self._begin(person, name, size_bytes)
        self.active.add(upload.id)
        try:
            upload, offset = await self._write(upload, 0, content, grows=size_bytes is None)
            _require_whole(offset, size_bytes)
            return await self._shelving.shelve(upload, offset)
        except BaseException:
            # Also when the connection is gone, which cancels this.
            await asyncio.shield(self.discard(upload.id))
            raise
        finally:
            self.active.discard(upload.id)

    async def begin(self, person: Person, name: str, size_bytes: int) -> Upload:
        """Begin an upload that may be interrupted. Raises `Refused` and `StoreUnavailable`."""
        return await self._begin(person, name, size_bytes)

    async def progress(self, person: Person, id_: FileId) -> Progress:
        """Return how much of an upload is there; one that was all there when a server ended becomes a file now.

        Raises `Refused` with `no_such_file` for one that is not his, or `try_again` while another writes to it.
        """
        return await self.append(person, id_, None, _nothing())

    async def append(self, person: Person, id_: FileId, offset: int | None, content: AsyncIterator[bytes]) -> Progress:
        """Go on with an upload where it ends (None: wherever that is), and make a file of it when it is all there.

        What came before the content breaks off is kept. Raises `WrongOffset`, `Refused`, `StoreUnavailable`, and
        whatever reading the content does.
        """
        upload = await self._shelf.find_upload(id_)
        if upload is None or upload.owner != person.id:
            return await self._finished(person, id_, offset)
        if id_ in self.active:
            raise Refused("try_again", "Another connection is sending that file.", retry_seconds=BUSY_SECONDS)
        self.active.add(id_)
        try:
            there = await self._spool.size(id_)
            if there is None:
                await self._shelf.drop_upload(id_)
                raise no_such_file()
            if offset not in {None, there}:
                raise WrongOffset(there)
            _, end = await self._write(upload, there, content)
            view = await self._shelving.shelve(upload, end) if end == upload.size_bytes else None
        finally:
            self.active.discard(id_)
        expires_ms = self._clock.time_ms() + self._lasting_ms if self._lasting_ms and view is None else None
        return Progress(end, upload.size_bytes, view, expires_ms)

    async def _finished(self, person: Person, id_: FileId, offset: int | None) -> Progress:
        """Say that an upload is all there: whoever did not hear it asks again."""
        file = await self._shelf.find_file(id_)
        if file is None or file.owner != person.id:
            raise no_such_file()
        if offset not in {None, file.sent_bytes}:
            raise WrongOffset(file.sent_bytes)
        return Progress(file.sent_bytes, file.sent_bytes, file.view)

    async def cancel(self, person: Person, id_: FileId) -> None:
        """Forget an upload. Raises `Refused`."""
        upload = await self._shelf.find_upload(id_)
        if upload is None or upload.owner != person.id:
            raise no_such_file()
        if id_ in self.active:
            raise Refused("try_again", "Another connection is sending that file.", retry_seconds=BUSY_SECONDS)
        await self.discard(id_)

    async def discard(self, id_: FileId) -> None:
        """Forget an upload, and what is there of it; what cannot be done now is left to whoever tidies up."""
        await self._spool.discard(id_)
        await self._shelf.drop_upload(id_)

    @property
    def _lasting_ms(self) -> int:
        return int(self.limits.upload_seconds * 1_000)

    async def _begin(self, person: Person, name: str, size_bytes: int | None) -> Upload:
        limits = self.limits
        if size_bytes is not None:
            _require_some(size_bytes)
            _require_fitting(size_bytes, limits.file_bytes)
        async with self._turn(person.id):
            usage = await self._shelf.usage(person.id)
            if limits.uploads_per_person and usage.uploads >= limits.uploads_per_person:
                raise Refused(
                    "too_many_uploads",
                    f"You have {usage.uploads} uploads that are not finished, and that is the most. "
                    "Let one arrive, or cancel it.",
                )
            self._require_left(person.id, usage.size_bytes + (size_bytes or 0))
            with refusing_without_space():
                await self._require_free(size_bytes or 0)
                id_ = FileId(make_file_id())
                await self._spool.create(id_)
            upload = Upload(id_, person.id, clean_file_name(name), size_bytes or 0, self._clock.time_ms())
            await self._shelf.add_upload(upload)
            return upload

    async def _write(
        self, upload: Upload, offset: int, content: AsyncIterator[bytes], *, grows: bool = False
    ) -> tuple[Upload, int]:
        """Write what comes, and return where that ends."""
        began_at = offset
        try:
            async for piece in _pieces(content):
                end = offset + len(piece)
                if grows and end > upload.size_bytes:
                    upload = await self._grow(upload, end)
                if end > upload.size_bytes:
                    raise Refused(
                        "file_too_large", f"More came than the {upload.size_bytes} bytes that were announced."
                    )
                with refusing_without_space():
                    await self._spool.write(upload.id, offset, piece, self.limits.spare_bytes)
                offset = end
        finally:
            if offset > began_at and not grows and offset < upload.size_bytes:
                await asyncio.shield(self._shelf.add_upload(replace(upload, touched_ms=self._clock.time_ms())))
        return upload, offset

    async def _grow(self, upload: Upload, end: int) -> Upload:
        """Make room for more of an upload of which nobody knows how large it is."""
        _require_fitting(end, self.limits.file_bytes)
        async with self._turn(upload.owner):
            others = (await self._shelf.usage(upload.owner)).size_bytes - upload.size_bytes
            self._require_left(upload.owner, others + end)
            quota = self._quota(upload.owner)
            wanted = end + GROWTH_BYTES
            upload = replace(upload, size_bytes=max(end, min(wanted, quota - others)) if quota else wanted)
            await self._shelf.add_upload(upload)
            return upload

    def _quota(self, person: PersonId) -> int:
        has_account = self._house.account_of(person) is not None
        return self.limits.person_quota_bytes if has_account else self.limits.guest_quota_bytes

    def _require_left(self, person: PersonId, size_bytes: int) -> None:
        quota = self._quota(person)
        if quota and size_bytes > quota:
            raise Refused(
                "quota_exceeded",
                f"Your files would take {describe_size(size_bytes)}, and {describe_size(quota)} is the most. "
                "Delete messages with files that nobody needs.",
            )

    async def _require_free(self, size_bytes: int) -> None:
        if self.limits.spare_bytes and await self._spool.free_bytes() - size_bytes < self.limits.spare_bytes:
            raise Refused("disk_full", "The server's disk has no room for that. Tell whoever runs it.")

    def _turn(self, person: PersonId) -> asyncio.Lock:
        turn = self._turns.get(person)
        if turn is None:
            turn = self._turns[person] = asyncio.Lock()
        return turn


async def _pieces(content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield what comes in pieces of a good size for a disk."""
    waiting: list[bytes] = []
    size = 0
    async for data in content:
        waiting.append(data)
        size += len(data)
        if size >= WRITTEN_BYTES:
            yield b"".join(waiting)
            waiting, size = [], 0
    if size:
        yield b"".join(waiting)


async def _nothing() -> AsyncIterator[bytes]:
    pieces: tuple[bytes, ...] = ()
    for piece in pieces:
        yield piece


def _require_some(size_bytes: int) -> None:
    if size_bytes == 0:
        raise Refused("empty", "That file is empty.")


def _require_fitting(size_bytes: int, limit_bytes: int) -> None:
    if limit_bytes and size_bytes > limit_bytes:
        raise Refused(
            "file_too_large",
            f"That file has {describe_size(size_bytes)} or more, and {describe_size(limit_bytes)} is the most.",
        )


def _require_whole(offset: int, size_bytes: int | None) -> None:
    _require_some(offset)
    if size_bytes is not None and offset != size_bytes:
        raise Refused("bad_request", f"Only {offset} of {size_bytes} bytes came. Send the file again.")
