"""The reference: a shelf in memory, which forgets everything when the process ends."""

import asyncio
from collections.abc import Collection, Sequence

from msgspec.structs import replace

from hubbub.core.files import FileId
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import MessageRef
from hubbub.service.blobs import Digest
from hubbub.service.shelf import ShelvedFile, Upload, Usage
from hubbub.stores.memory import MemoryStore


class MemoryShelf:
    """Keeps what is known of files in dictionaries, beside a store in memory. Several nodes may share it.

    Every method first yields to the loop, as a database would, so that races show.
    """

    def __init__(self, store: MemoryStore) -> None:
        self._showings = store.showings
        self._uploads = store.uploads

    async def add_upload(self, upload: Upload) -> None:
        """Keep an upload, or what has changed about one."""
        await asyncio.sleep(0)
        self._uploads[upload.id] = upload

    async def find_upload(self, id_: FileId) -> Upload | None:
        """Return an upload, or None."""
        await asyncio.sleep(0)
        return self._uploads.get(id_)

    async def list_uploads(self, before_ms: int) -> list[Upload]:
        """Return all uploads of which nothing came since that time."""
        await asyncio.sleep(0)
        return [upload for upload in self._uploads.values() if upload.touched_ms < before_ms]

    async def drop_upload(self, id_: FileId) -> None:
        """Forget an upload."""
        await asyncio.sleep(0)
        self._uploads.pop(id_, None)

    async def add_file(self, file: ShelvedFile) -> None:
        """Keep a file, and forget its upload."""
        await asyncio.sleep(0)
        self._showings.files[file.view.id] = file
        self._uploads.pop(file.view.id, None)

    async def find_file(self, id_: FileId) -> ShelvedFile | None:
        """Return a file, or None."""
        await asyncio.sleep(0)
        return self._showings.files.get(id_)

    async def find_files(self, ids: Collection[FileId]) -> list[ShelvedFile]:
        """Return those of these files that there are."""
        await asyncio.sleep(0)
        return [self._showings.files[id_] for id_ in set(ids) if id_ in self._showings.files]

    async def usage(self, owner: PersonId) -> Usage:
        """Return what somebody takes."""
        await asyncio.sleep(0)
        uploads = [upload.size_bytes for upload in self._uploads.values() if upload.owner == owner]
        files = [file.view.size_bytes for file in self._showings.files.values() if file.owner == owner]
        return Usage(sum(files) + sum(uploads), len(uploads))

    async def showings(self, id_: FileId, limit: int) -> list[MessageRef]:
        """Return some messages that show a file."""
        await asyncio.sleep(0)
        newest: dict[RoomId, Seq] = {}
        for room, seq in self._showings.places.get(id_, ()):
            newest[room] = max(seq, newest.get(room, seq))
        return [MessageRef(room, seq) for room, seq in newest.items()][:limit]

    async def list_left(self, before_ms: int, limit: int) -> list[ShelvedFile]:
        """Return files that are to go."""
        await asyncio.sleep(0)
        files = self._showings.files.values()
        left = [file for file in files if file.state == "left"]
        unused = [file for file in files if file.state == "new" and file.created_ms < before_ms]
        return [*left[:limit], *unused[:limit]]

    async def drop_file(self, id_: FileId) -> bool:
        """Forget a file unless a message shows it."""
        await asyncio.sleep(0)
        if id_ in self._showings.places or id_ not in self._showings.files:
            return False
        del self._showings.files[id_]
        return True

    async def find_digests(self, digests: Sequence[Digest]) -> set[Digest]:
        """Return those of these blobs that belong to any file."""
        await asyncio.sleep(0)
        return {one for file in self._showings.files.values() for one in file.digests} & set(digests)

    async def forget(self, person: PersonId) -> None:
        """Let somebody's files go that no message shows, and his uploads."""
        await asyncio.sleep(0)
        for id_, file in self._showings.files.items():
            if file.owner == person and file.state == "new":
                self._showings.files[id_] = replace(file, state="left")
        for id_ in [upload.id for upload in self._uploads.values() if upload.owner == person]:
            del self._uploads[id_]
