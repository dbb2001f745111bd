"""The shelf in a database: SQLite or PostgreSQL, one code path."""

from collections.abc import Collection, Sequence

from hubbub.core.files import FileId
from hubbub.core.kinds import PersonId
from hubbub.core.notes import MessageRef
from hubbub.service.blobs import Digest
from hubbub.service.shelf import ShelvedFile, Upload, Usage
from hubbub.stores import shelf_operations as operations
from hubbub.stores.database import NUL, Database


class SqlShelf:
    """Keeps what is known of files in the database of a store, which opens and closes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_upload(self, upload: Upload) -> None:
        """Keep an upload, or what has changed about one."""
        await self._database.write(lambda it: operations.add_upload(it, upload))

    async def find_upload(self, id_: FileId) -> Upload | None:
        """Return an upload, or None."""
        return None if NUL in id_ else await self._database.read(lambda it: operations.find_upload(it, id_))

    async def list_uploads(self, before_ms: int) -> list[Upload]:
        """Return all uploads of which nothing came since that time."""
        return await self._database.read(lambda it: operations.list_uploads(it, before_ms))

    async def drop_upload(self, id_: FileId) -> None:
        """Forget an upload."""
        await self._database.write(lambda it: operations.drop_upload(it, id_))

    async def add_file(self, file: ShelvedFile) -> None:
        """Keep a file, and forget its upload."""
        await self._database.write(lambda it: operations.add_file(it, file))

    async def find_file(self, id_: FileId) -> ShelvedFile | None:
        """Return a file, or None."""
        return next(iter(await self.find_files([id_])), None)

    async def find_files(self, ids: Collection[FileId]) -> list[ShelvedFile]:
        """Return those of these files that there are."""
        possible = [id_ for id_ in ids if NUL not in id_]
        return await self._database.read(lambda it: operations.find_files(it, possible))

    async def usage(self, owner: PersonId) -> Usage:
        """Return what somebody takes."""
        return await self._database.read(lambda it: operations.usage(it, owner))

    async def showings(self, id_: FileId, limit: int) -> list[MessageRef]:
        """Return some messages that show a file."""
        return await self._database.read(lambda it: operations.showings(it, id_, limit))

    async def list_left(self, before_ms: int, limit: int) -> list[ShelvedFile]:
        """Return files that are to go."""
        return await self._database.read(lambda it: operations.list_left(it, before_ms, limit))

    async def drop_file(self, id_: FileId) -> bool:
        """Forget a file unless a message shows it."""
        return await self._database.write(lambda it: operations.drop_file(it, id_))

    async def find_digests(self, digests: Sequence[Digest]) -> set[Digest]:
        """Return those of these blobs that belong to any file."""
        return await self._database.read(lambda it: operations.find_digests(it, digests))

    async def forget(self, person: PersonId) -> None:
        """Let somebody's files go that no message shows, and his uploads."""
        await self._database.write(lambda it: operations.forget(it, person))
