"""Imports: what an operator brings into a server's data from files."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

import msgspec

from hubbub.server.archives.opening import open_archive
from hubbub.server.clock import LoopClock
from hubbub.server.exports import Progress
from hubbub.server.node import Node
from hubbub.service.archives import Warn
from hubbub.service.importing import Importer, ImportOptions, RoomPlan
from hubbub.service.ports import Store

ShowProgress = Callable[[str], AbstractContextManager[Progress]]
"""Given what is being done, gives what is to be told how much of it is."""


class ImportRequest(msgspec.Struct, frozen=True):
    """What an operator asks for."""

    file: str
    accounts: Mapping[str, str] = {}
    """Who in the archive has which account here."""
    match_names: bool = False
    rooms: Mapping[str, str] = {}
    """What rooms of the archive are to be called here."""
    with_direct: bool = False
    dry_run: bool = False


class ImportReport(msgspec.Struct, frozen=True):
    """What was done, or would be."""

    rooms: tuple[str, ...]
    """A line about each room of the archive."""
    new_rooms: int
    records: int
    """How many records were made: messages and what became of them."""


class Imports:
    """Brings archives in."""

    def __init__(self, node: Node, store: Store, keep_days: int) -> None:
        """Work at a server that keeps what is said for so many days (0 = for ever)."""
        self._node = node
        self._store = store
        self._keep_days = keep_days

    async def run(self, request: ImportRequest, warn: Warn, showing: ShowProgress) -> ImportReport:
        """Read an archive as a whole, and bring it in unless it is to be looked at only.

        Raises `BrokenArchive`, `Refused` and `StoreUnavailable`, and `OSError` where the file cannot be read.
        """
        options = ImportOptions(request.accounts, request.match_names, request.rooms, request.with_direct)
        clock, node = LoopClock(asyncio.get_running_loop()), self._node
        with open_archive(request.file) as archive:
            importer = Importer(archive, options, self._store, node.rooms, node.house.directory, clock, self._keep_days)
            with showing("reading") as progress:
                plans = await importer.plan(warn, progress)
            made = 0
            if not request.dry_run:
                with showing("writing") as progress:
                    made = await importer.perform(plans, progress)
        new_rooms = sum(plan.deed == "new" for plan in plans)
        return ImportReport(tuple(map(_describe, plans)), new_rooms, made)


def _describe(plan: RoomPlan) -> str:
    if plan.deed == "left out":
        return f"{plan.name}: left out, because {plan.reason}"
    old = f"; {plan.too_old} older than this server keeps any are left out" if plan.too_old else ""
    what = "new" if plan.deed == "new" else "is here, what is new is added"
    return f"{plan.name}: {what}; {plan.messages} messages in the archive{old}"
