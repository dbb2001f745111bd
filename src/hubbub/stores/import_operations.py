"""What the store does for imports, as coroutines over one connection: the same for every database."""

from collections.abc import Sequence

import msgspec

from hubbub.core.catalog import MESSAGE_EVENTS, Record
from hubbub.core.features.importing import Imported
from hubbub.core.house import CONSOLE
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.room import direct_people
from hubbub.service.imports import ImportDraft, Publication, RoomImport, chunks_of, names_in, place_new
from hubbub.service.ports import NameConflict
from hubbub.stores.database import Connection
from hubbub.stores.operations import find_room, set_head, write_records


async def load_identity(connection: Connection) -> str:
    """Return which database this is."""
    ((identity,),) = await connection.fetch(connection.statements.imports.identity)
    return str(identity)


async def find_imported(
    connection: Connection, source: str, external_ids: Sequence[str]
) -> dict[str, tuple[RoomId, Seq]]:
    """Return where those of these things are that were imported."""
    ids = msgspec.json.encode(external_ids).decode()
    rows = await connection.fetch(connection.statements.imports.find, source_=source, ids=ids)
    return {external_id: (room, seq) for external_id, room, seq in rows}


async def import_records(
    connection: Connection,
    source: str,
    imports: Sequence[RoomImport],
    time_ms: int,
    publications: Sequence[Publication],
) -> int:
    """Write what is new, publish rooms, and return how many records were made."""
    made = 0
    for one in imports:
        made += await _import_into_room(connection, source, one, time_ms)
    for publication in publications:
        await _publish(connection, publication)
    return made


async def _import_into_room(connection: Connection, source: str, one: RoomImport, time_ms: int) -> int:
    heads = await connection.lock_heads({one.room})
    if one.room not in heads:
        raise LookupError(f"there is no room {one.room}")
    # The place of the record that tells of all the others is kept free for it: how many they are is seen at their end.
    first = last = Seq(heads[one.room] + (1 if one.label else 0))
    messages = 0
    for chunk in chunks_of(one.drafts):
        records = await _import_chunk(connection, source, one.room, last, chunk)
        messages += sum(isinstance(record.event, MESSAGE_EVENTS) for record in records)
        last = Seq(last + len(records))
    if one.external_id:
        await _note(connection, source, {one.external_id: (one.room, Seq(0))})
    made = last - first
    if made:
        if one.label:
            imported = Imported(CONSOLE, one.label, made, messages)
            await write_records(connection, [Record(one.room, first, time_ms, imported)])
        await set_head(connection, one.room, last)
    return made


async def _import_chunk(
    connection: Connection, source: str, room: RoomId, last: Seq, drafts: Sequence[ImportDraft]
) -> list[Record]:
    """Write those of the drafts that are new, behind the record `last`."""
    seqs = {name: seq for name, (_, seq) in (await find_imported(connection, source, names_in(drafts))).items()}
    placed = place_new(drafts, seqs, room, last)
    records = list(placed.values())
    if records:
        await write_records(connection, records)
        await _note(connection, source, {name: (room, record.seq) for name, record in placed.items()})
    return records


async def _note(connection: Connection, source: str, places: dict[str, tuple[RoomId, Seq]]) -> None:
    rows = [{"source": source, "external_id": name, "room": room, "seq": seq} for name, (room, seq) in places.items()]
    await connection.execute(connection.statements.imports.note, rows)


async def _publish(connection: Connection, publication: Publication) -> None:
    """Make a staged room what it is to be. Should two do so at once, the database's own constraint refuses one."""
    found = await find_room(connection, publication.kind, publication.key)
    if found is not None and found.id != publication.room:
        raise NameConflict
    row = {
        "room": publication.room,
        "new_kind": publication.kind.value,
        "new_key": publication.key,
        "new_name": publication.name,
    }
    await connection.execute(connection.statements.imports.publish, [row])
    people = direct_people(publication.kind, publication.key)
    if people:
        rows = [{"person": person, "room": publication.room} for person in people]
        await connection.execute(connection.statements.rooms.insert_membership, rows)
