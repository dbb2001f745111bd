"""Where the bytes of files are: what comes in, what is kept, and who looks at pictures."""

from pathlib import Path
from typing import Final, NamedTuple

from hubbub.service.blobs import Blobs, Spool
from hubbub.service.pictures import Pictures
from hubbub.stores.blobs import FolderBlobs
from hubbub.stores.pictures.process import PictureProcesses
from hubbub.stores.spool import FolderSpool

FILES_FOLDER: Final = "files"
"""Name of the folder in the data folder: one for each shard of blobs in it."""

SPOOL_FOLDER: Final = "incoming"
"""Name of the folder in that one; on the same file system, so that nothing has to be copied."""


class FileStorage(NamedTuple):
    """All of it."""

    spool: Spool
    blobs: Blobs
    pictures: Pictures

    async def open(self) -> None:
        """Get ready. Raises `StoreUnusable`."""
        await self.blobs.open()
        await self.spool.open()

    async def close(self) -> None:
        """Let go of everything; harmless when repeated."""
        await self.spool.close()
        await self.blobs.close()


def folder_storage(data: Path) -> FileStorage:
    """Return what keeps files in the data folder."""
    folder = data / FILES_FOLDER
    return FileStorage(FolderSpool(folder / SPOOL_FOLDER), FolderBlobs(folder), PictureProcesses())
