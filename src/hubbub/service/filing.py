"""Filing: the files of a server: who may send, show and read them, and which of them go."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

import structlog

from hubbub.core.files import FileId, FileView, no_such_file, require_few_files
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.limits import Limits
from hubbub.core.permissions import hidden_until
from hubbub.service.blobs import BlobReader
from hubbub.service.ports import Clock
from hubbub.service.rooms import Rooms
from hubbub.service.shelf import ShelvedFile
from hubbub.service.shelving import FileParts, Shelving
from hubbub.service.tidying import Tidying
from hubbub.service.uploading import Uploading

ROOMS_LOOKED_AT: Final = 100
"""Rooms in which a file is shown that are looked at for whoever wants to read it: some cost a load each."""

log = structlog.get_logger(__name__)


class OpenFile(NamedTuple):
    """A file that somebody may read. Whoever has it closes its reader."""

    file: ShelvedFile
    content: BlobReader


class Filing:
    """Knows all files, and joins those who see to them."""

    def __init__(self, parts: FileParts, house: House, rooms: Rooms, clock: Clock, limits: Limits) -> None:
        self._shelf, self._blobs = parts.shelf, parts.blobs
        self._rooms = rooms
        self._shelving = shelving = Shelving(parts, clock)
        self.uploading = Uploading(parts, shelving, house, clock, limits)
        self._pinned: Counter[FileId] = Counter()
        """Files about to be shown by a message that is being kept."""
        self.tidying = Tidying(parts, shelving, self.uploading, self._pinned, clock)
        self.open_links = True
        """Whether whoever knows the link of a file that a message shows may read it. May change at any time."""

    def use(self, limits: Limits) -> None:
        """Go on with other limits."""
        self.uploading.limits = limits

    @asynccontextmanager
    async def showing(self, person: PersonId, ids: Sequence[FileId]) -> AsyncIterator[tuple[FileView, ...]]:
        """Return somebody's own files that a message is to show, none of which goes meanwhile.

        Raises `Refused` with `no_such_file` and `too_many_files`.
        """
        require_few_files(len(ids), self.uploading.limits.files_per_message)
        wanted = list(dict.fromkeys(ids))
        self._pinned.update(wanted)
        try:
            found = {file.view.id: file for file in await self._shelf.find_files(wanted)}
            if any(id_ not in found or found[id_].owner != person for id_ in wanted):
                raise no_such_file()
            yield tuple(found[id_].view for id_ in wanted)
        finally:
            self._pinned.subtract(wanted)
            for id_ in wanted:
                if not self._pinned[id_]:
                    del self._pinned[id_]

    async def find(self, id_: FileId, person: Person | None) -> ShelvedFile:
        """Return a file that somebody may read; None for whoever only has its link. Raises `Refused`."""
        file = await self._shelf.find_file(id_)
        if file is None or not await self._may_read(file, person):
            raise no_such_file()
        return file

    async def open(self, id_: FileId, person: Person | None, *, thumbnail: bool = False) -> OpenFile:
        """Open a file, or the smaller picture of it if it has one. Raises `Refused`."""
        file = await self.find(id_, person)
        digest = file.thumbnail if thumbnail and file.thumbnail is not None else file.digest
        content = await self._blobs.reader(digest)
        if content is None:
            log.error("file.missing", digest=digest)
            raise no_such_file()
        return OpenFile(file, content)

    async def forget(self, person: PersonId, id_: FileId) -> None:
        """Let somebody's own file go, which no message shows. Raises `Refused`."""
        file = await self._shelf.find_file(id_)
        if file is None or file.owner != person:
            raise no_such_file()
        if id_ in self._pinned or not await self._shelving.drop(file):
            raise Refused("not_allowed", "A message shows that file. Delete the message, and the file goes with it.")

    async def open_for_export(self, id_: FileId) -> BlobReader | None:
        """Open a file for whoever runs the server; None where there is none any more."""
        file = await self._shelf.find_file(id_)
        return None if file is None else await self._blobs.reader(file.digest)

    async def _may_read(self, file: ShelvedFile, person: Person | None) -> bool:
        if file.state == "shown" and self.open_links:
            return True
        if person is None:
            return False
        if file.owner == person.id:
            return True
        for message in await self._shelf.showings(file.view.id, ROOMS_LOOKED_AT):
            live = await self._rooms.open_by_id(message.room)
            hidden = None if live is None else hidden_until(live.settled, person.id)
            if hidden is not None and message.seq > hidden:
                return True
        return False
