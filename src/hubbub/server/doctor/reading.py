"""Reading what a server keeps, for the doctor: the database, and the files that it names."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, TypeVar

import sqlalchemy as sa

from hubbub.server.backups.blobs import BlobNames
from hubbub.server.config import Settings
from hubbub.server.database_url import shown_database_url
from hubbub.server.doctor.databases import Examined, examine_database, judge_log
from hubbub.server.doctor.filing import add_names, find_files, judge_files_sent
from hubbub.server.doctor.findings import Finding, ok, problem
from hubbub.service.ports import StoreUnusable
from hubbub.stores.sql import DATABASE_FILE
from hubbub.stores.visiting import Job, read_file, read_server

T = TypeVar("T")

_DAMAGED: Final = (
    "Restore a backup into another folder: hubbub restore FILE --data NEW. Keep this one until it is done."
)


class Kept:
    """All that a server keeps, as its settings name it."""

    def __init__(self, settings: Settings, *, thoroughly: bool) -> None:
        self._url = settings.database
        self._folder = Path(settings.data)
        self._path = self._folder / DATABASE_FILE
        self._thoroughly = thoroughly

    async def examine(self) -> Examined:
        """Look at it."""
        if not self._url and not self._path.exists():
            return Examined((ok("database", "There is none yet: the first start makes it."),))
        try:
            examined = await self._read(lambda it: examine_database(it, thoroughly=self._thoroughly))
            findings = [*self._look_at_log(), *examined.findings]
            if all(finding.level != "problem" for finding in findings):
                findings += await self._look_at_files()
        except StoreUnusable as error:
            return Examined((problem("database", str(error)),))
        except sa.exc.DBAPIError as error:
            place = shown_database_url(self._url) if self._url else self._path
            return Examined((problem("database", f"{place} cannot be read: {error.orig}.", _DAMAGED),))
        return Examined(tuple(findings), examined.last_record_ms)

    async def _read(self, job: Job[T]) -> T:
        return await read_server(self._url, job) if self._url else read_file(self._path, job)

    def _look_at_log(self) -> Iterator[Finding]:
        try:
            size = self._path.with_name(f"{self._path.name}-wal").stat().st_size
        except OSError:
            return
        yield from judge_log(size)

    async def _look_at_files(self) -> list[Finding]:
        with closing(BlobNames()) as names:
            await self._read(lambda it: add_names(it, names))
            files = find_files(self._folder, names, thoroughly=self._thoroughly)
        if files.missing:
            # Some may have been deleted since; then they are not named any more, for rows go before files.
            with closing(BlobNames()) as names:
                await self._read(lambda it: add_names(it, names))
                files.missing.intersection_update(names)
        return [*judge_files_sent(files, self._folder, thoroughly=self._thoroughly)]
