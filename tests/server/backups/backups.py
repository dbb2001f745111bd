"""Backups under test: of data that was put there at once, and read in any way that is wanted."""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

import msgspec

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.annotating import Edited, Reacted
from hubbub.core.features.membership import Joined
from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId, Seq
from hubbub.server.backups import contents
from hubbub.server.backups.contents import Manifest
from hubbub.server.backups.members import MemberReader, MemberWriter
from hubbub.server.backups.reading import Backup
from hubbub.server.backups.restoring import Source, check_backup, restore_backup
from hubbub.server.backups.taking import take_backup
from hubbub.server.config import Settings

ANN, BOB = PersonId("p1"), PersonId("p2")

EVENTS: tuple[AnyEvent, ...] = (
    Joined(ANN, "ann"),
    Said(ANN, "ann", "helo"),
    Said(BOB, "bob", 'quotes " and \\ and 茶 and 🍵', reply_to=Seq(2), thread=Seq(2)),
    Edited(ANN, "ann", Seq(2), "hello"),
    Reacted(BOB, "bob", Seq(2), "👍"),
)


def quiet(_done: int, _total: int) -> None:
    """Show nothing."""


def settings_for(data: Path, database: str = "") -> Settings:
    """Return settings of a server that keeps its data there."""
    return Settings(data=str(data), database=database)


async def take_async(settings: Settings) -> tuple[bytes, Manifest]:
    """Take a backup."""
    file = io.BytesIO()
    manifest = await take_backup(settings, "# settings\n", file, quiet)
    return file.getvalue(), manifest


def take(data: Path) -> bytes:
    """Take a backup of SQLite."""
    return asyncio.run(take_async(settings_for(data)))[0]


def check(backup: bytes) -> Backup:
    """Look at a backup."""
    return check_backup(Source(io.BytesIO(backup), len(backup), quiet))


async def restore_async(backup: bytes, settings: Settings) -> Backup:
    """Restore a backup."""
    return await restore_backup(Source(io.BytesIO(backup), len(backup), quiet), settings)


def restore(backup: bytes, data: Path) -> Backup:
    """Restore a backup into SQLite."""
    return asyncio.run(restore_async(backup, settings_for(data)))


Change = Callable[[str, bytes], bytes | None]
"""Given a member's name and content, returns another content, or None to leave it out."""


def forge(backup: bytes, change: Change) -> bytes:
    """Write a backup anew with other contents, all checksums of the whole correct: somebody means it."""
    reader, file = MemberReader(io.BytesIO(backup)), io.BytesIO()
    writer = MemberWriter(file, 1_700_000_000)
    name = ""
    while name != contents.MANIFEST:
        member = reader.next_member()
        name, content = member.name, reader.read(member)
        if name == contents.MANIFEST:
            manifest = msgspec.json.decode(content, type=Manifest)
            manifest.size_bytes, manifest.sha256 = writer.size, writer.sha256
            content = manifest.encode()
        new = change(name, content)
        if new is not None:
            writer.write(name, new)
    writer.end()
    return file.getvalue()
