"""What the shelf does, as coroutines over one connection: the same for every database."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from hubbub.core.catalog import Record
from hubbub.core.features.annotating import Deleted
from hubbub.core.features.messages import Said
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import MessageRef
from hubbub.service.blobs import Digest
from hubbub.service.shelf import ShelvedFile, Upload, Usage
from hubbub.stores.database import NUL, Connection


async def add_upload(connection: Connection, upload: Upload) -> None:
    """Keep an upload, or what has changed about one."""
    await connection.execute(connection.statements.shelf.save_upload, [msgspec.structs.asdict(upload)])


async def find_upload(connection: Connection, id_: FileId) -> Upload | None:
    """Return an upload, if there is one."""
    rows = await connection.fetch(connection.statements.shelf.find_upload, id_=id_)
    return Upload(*rows[0]) if rows else None


async def list_uploads(connection: Connection, before_ms: int) -> list[Upload]:
    """Return the uploads of which nothing came since that time."""
    return [
        Upload(*row) for row in await connection.fetch(connection.statements.shelf.list_uploads, before_ms=before_ms)
    ]


async def drop_upload(connection: Connection, id_: FileId) -> None:
    """Forget an upload."""
    await connection.execute(connection.statements.shelf.delete_upload, [{"id_": id_}])


async def add_file(connection: Connection, file: ShelvedFile) -> None:
    """Keep a file, and forget its upload."""
    view = file.view
    row = {
        "id": view.id,
        "owner": file.owner,
        "name": view.name,
        "media_type": view.media_type,
        "size_bytes": view.size_bytes,
        "width": view.width,
        "height": view.height,
        "digest": file.digest,
        "thumbnail": file.thumbnail,
        "sent_bytes": file.sent_bytes,
        "created_ms": file.created_ms,
        "state": file.state,
    }
    await connection.execute(connection.statements.shelf.insert_file, [row])
    await drop_upload(connection, view.id)


async def find_files(connection: Connection, ids: Collection[FileId]) -> list[ShelvedFile]:
    """Return those of these files that there are."""
    rows = await connection.fetch(connection.statements.shelf.find_files, ids=_json(list(ids)))
    return list(map(_file, rows))


async def usage(connection: Connection, owner: PersonId) -> Usage:
    """Return what somebody takes."""
    ((files, uploads, count),) = await connection.fetch(connection.statements.shelf.usage, owner_=owner)
    return Usage(files + uploads, count)


async def showings(connection: Connection, id_: FileId, limit: int) -> list[MessageRef]:
    """Return the newest message of each room that shows a file."""
    rows = await connection.fetch(connection.statements.shelf.showings, id_=id_, limit=limit)
    return [MessageRef(room, seq) for room, seq in rows]


async def list_left(connection: Connection, before_ms: int, limit: int) -> list[ShelvedFile]:
    """Return files that are to go."""
    statements = connection.statements.shelf
    rows = [
        *await connection.fetch(statements.list_left, limit=limit),
        *await connection.fetch(statements.list_unused, before_ms=before_ms, limit=limit),
    ]
    return list(map(_file, rows))


async def drop_file(connection: Connection, id_: FileId) -> bool:
    """Forget a file unless a message shows it, and say whether."""
    statements = connection.statements.shelf
    if not await connection.fetch(statements.lock_file, id_=id_):
        return False
    await connection.execute(statements.delete_file, [{"id_": id_}])
    return True


async def find_digests(connection: Connection, digests: Sequence[Digest]) -> set[Digest]:
    """Return those of these blobs that belong to any file."""
    rows = await connection.fetch(connection.statements.shelf.find_digests, digests=_json(digests))
    return {digest for (digest,) in rows}


async def forget(connection: Connection, person: PersonId) -> None:
    """Let somebody's files go that no message shows, and his uploads."""
    statements = connection.statements.shelf
    await connection.execute(statements.leave_unused, [{"owner_": person}])
    await connection.execute(statements.delete_uploads, [{"owner_": person}])


async def note_showings(connection: Connection, records: Sequence[Record]) -> None:
    """Note which files these messages show, and that those that are deleted show none any more."""
    statements = connection.statements.shelf
    # Most show nothing, and cost no more than this.
    for record in records:
        event = record.event
        if isinstance(event, Said) and event.files:
            # No file is called so, and PostgreSQL fails where it is asked.
            ids = [view.id for view in event.files if NUL not in view.id]
            rows = [{"room": record.room, "seq": record.seq, "file": id_} for id_ in ids]
            # The files first: whoever is about to drop one is waited for, or waits.
            await connection.execute(statements.show, [{"id_": id_} for id_ in ids])
            await connection.execute(statements.insert_showing, rows)
        elif type(event) is Deleted:
            this = {"room_": record.room, "seq_": event.message}
            left = await connection.fetch(statements.shown_by, **this)
            if left:
                await connection.execute(statements.delete_showings, [this])
                await connection.execute(statements.leave, [{"id_": id_} for (id_,) in left])


async def forget_showings(connection: Connection, room: RoomId, last: Seq) -> None:
    """Note that a room's messages up to one of them show no files any more."""
    statements = connection.statements.shelf
    these = {"room_": room, "last_": last}
    left = await connection.fetch(statements.shown_until, **these)
    if left:
        await connection.execute(statements.delete_showings_until, [these])
        await connection.execute(statements.leave, [{"id_": id_} for (id_,) in left])


def _file(row: tuple[Any, ...]) -> ShelvedFile:
    id_, owner, name, media_type, size_bytes, width, height, digest, thumbnail, sent_bytes, created_ms, state = row
    view = FileView(id_, name, media_type, size_bytes, width, height, thumbnail is not None)
    return ShelvedFile(view, owner, digest, thumbnail, sent_bytes, created_ms, state)


def _json(values: Sequence[object]) -> str:
    return msgspec.json.encode(values).decode()
