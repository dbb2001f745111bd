"""The shelf: what is known of files: whose they are, what is in them, and which messages show them."""

from collections.abc import Collection, Sequence
from typing import Literal, Protocol

import msgspec

from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import PersonId
from hubbub.core.notes import MessageRef
from hubbub.service.blobs import Digest

FileState = Literal["new", "shown", "left"]
"""No message has shown it yet; one does; none does any more, and it is to go."""


class Upload(msgspec.Struct, frozen=True):
    """A file that is still coming in. Its id is the file's when it is all there, and its part's in the spool."""

    id: FileId
    owner: PersonId
    name: str
    size_bytes: int
    """How large it will be or, where nobody has said, for how much of it there is room."""
    touched_ms: int
    """When something of it came last, in milliseconds since 1970 UTC; it goes when that is long ago."""


class ShelvedFile(msgspec.Struct, frozen=True):
    """A file that is all there."""

    view: FileView
    owner: PersonId
    digest: Digest
    thumbnail: Digest | None
    sent_bytes: int
    """How large it was when it came: what a photo tells of its place and its camera is not kept."""
    created_ms: int
    state: FileState = "new"

    @property
    def digests(self) -> tuple[Digest, ...]:
        """Its blobs."""
        return (self.digest,) if self.thumbnail is None else (self.digest, self.thumbnail)


class Usage(msgspec.Struct, frozen=True):
    """What somebody takes of the shelf."""

    size_bytes: int
    """His files and what is coming in."""
    uploads: int


class Shelf(Protocol):
    """Keeps what is known of files. It is open while the store that it was made with is.

    Which messages show them is noted by the store, in the transaction that keeps, deletes or erases a message.
    Every method may raise `StoreUnavailable`; then it changed nothing.
    """

    async def add_upload(self, upload: Upload) -> None:
        """Keep an upload, or what has changed about one."""

    async def find_upload(self, id_: FileId) -> Upload | None:
        """Return an upload, or None."""

    async def list_uploads(self, before_ms: int) -> list[Upload]:
        """Return all uploads of which nothing came since that time."""

    async def drop_upload(self, id_: FileId) -> None:
        """Forget an upload; harmless where there is none."""

    async def add_file(self, file: ShelvedFile) -> None:
        """Keep a file, and forget its upload, both or neither."""

    async def find_file(self, id_: FileId) -> ShelvedFile | None:
        """Return a file, or None."""

    async def find_files(self, ids: Collection[FileId]) -> list[ShelvedFile]:
        """Return those of these files that there are, in any order."""

    async def usage(self, owner: PersonId) -> Usage:
        """Return what somebody takes."""

    async def showings(self, id_: FileId, limit: int) -> list[MessageRef]:
        """Return some messages that show a file, the newest of each room before the others."""

    async def list_left(self, before_ms: int, limit: int) -> list[ShelvedFile]:
        """Return files that are to go: that no message shows any more, or that were made before and never shown."""

    async def drop_file(self, id_: FileId) -> bool:
        """Forget a file unless a message shows it, and return whether it is forgotten."""

    async def find_digests(self, digests: Sequence[Digest]) -> set[Digest]:
        """Return those of these blobs that belong to any file."""

    async def forget(self, person: PersonId) -> None:
        """Let somebody's files go that no message shows, and his uploads; harmless when repeated."""
