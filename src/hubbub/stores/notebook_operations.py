"""What the notebook does, as coroutines over one connection: the same for every database."""

from collections.abc import Collection, Sequence

import msgspec

from hubbub.core.calls import calls_of
from hubbub.core.catalog import Record
from hubbub.core.features.annotating import Deleted, Edited
from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.levels import Level
from hubbub.core.unread import Count, Mark, Stretch
from hubbub.service.notebook import MarkSet, Mention, Place
from hubbub.stores.database import Connection, Rows


async def load_marks(connection: Connection, person: PersonId) -> dict[Place, Mark]:
    """Return somebody's marks."""
    rows = await connection.fetch(connection.statements.notebook.load_marks, person_=person)
    return {Place(room, thread): Mark(seq, head) for room, thread, seq, head in rows}


async def save_marks(connection: Connection, marks: Sequence[MarkSet]) -> None:
    """Keep these marks instead of the earlier ones."""
    rows = [
        {"person": it.person, "room": it.room, "thread": it.thread, "seq": it.mark.seq, "head": it.mark.at}
        for it in marks
    ]
    await connection.execute(connection.statements.notebook.save_mark, rows)


async def count(
    connection: Connection, person: PersonId, deaf: Collection[PersonId], stretches: Sequence[Stretch]
) -> list[Count]:
    """Return what is unread in each stretch, in their order."""
    found: dict[Place, Count] = {}
    for in_thread in (False, True):
        asked = [stretch for stretch in stretches if bool(stretch.thread) is in_thread]
        if asked:
            found |= await _count(connection, person, deaf, asked, in_thread=in_thread)
    return [found[Place(stretch.room, stretch.thread)] for stretch in stretches]


async def _count(
    connection: Connection, person: PersonId, deaf: Collection[PersonId], asked: Sequence[Stretch], *, in_thread: bool
) -> dict[Place, Count]:
    statements = connection.statements.notebook
    windows, spoken, counts = (
        it.of_threads if in_thread else it.of_rooms for it in (statements.windows, statements.spoken, statements.counts)
    )
    beyond = _by_place(await connection.fetch(windows, asked=_json(asked)))
    asked = [_after(stretch, beyond) for stretch in asked]
    own = _by_place(await connection.fetch(spoken, asked=_json(asked), person_=person))
    asked = [_after(stretch, own) for stretch in asked]
    unheard = msgspec.json.encode([person, *deaf]).decode()
    rows = await connection.fetch(counts, asked=_json(asked), person_=person, deaf=unheard)
    return {
        (place := Place(room, thread)): Count(
            room, thread, unread, called, Seq(first or 0), place in beyond and place not in own
        )
        for room, thread, unread, called, first in rows
    }


def _by_place(rows: Rows) -> dict[Place, Seq]:
    return {Place(room, thread): seq for room, thread, seq in rows if seq is not None}


def _after(stretch: Stretch, floors: dict[Place, Seq]) -> Stretch:
    floor = floors.get(Place(stretch.room, stretch.thread), stretch.floor)
    return msgspec.structs.replace(stretch, floor=floor)


def _json(asked: Sequence[Stretch]) -> str:
    return msgspec.json.encode([(it.room, it.thread, it.floor, it.at) for it in asked]).decode()


async def load_drafts(connection: Connection, person: PersonId) -> dict[RoomId, str]:
    """Return somebody's drafts."""
    return dict(await connection.fetch(connection.statements.notebook.load_drafts, person_=person))


async def save_draft(connection: Connection, person: PersonId, room: RoomId, text: str) -> None:
    """Keep a draft, or none."""
    statements = connection.statements.notebook
    if text:
        await connection.execute(statements.save_draft, [{"person": person, "room": room, "text": text}])
    else:
        await connection.execute(statements.delete_draft, [{"person_": person, "room_": room}])


async def load_levels(connection: Connection, person: PersonId) -> dict[RoomId, Level]:
    """Return somebody's levels."""
    return dict(await connection.fetch(connection.statements.notebook.load_levels, person_=person))


async def save_level(connection: Connection, person: PersonId, room: RoomId, level: Level) -> None:
    """Keep a level, or none."""
    statements = connection.statements.notebook
    if level == "default":
        await connection.execute(statements.delete_level, [{"person_": person, "room_": room}])
    else:
        await connection.execute(statements.save_level, [{"person": person, "room": room, "level": level}])


async def load_follows(connection: Connection, person: PersonId) -> list[Place]:
    """Return the threads that somebody follows."""
    rows = await connection.fetch(connection.statements.notebook.load_follows, person_=person)
    return [Place(room, thread) for room, thread, _ in rows]


async def save_follow(connection: Connection, person: PersonId, place: Place, *, is_following: bool) -> None:
    """Let somebody follow a thread, or not."""
    row = _follow(person, place.room, place.thread) | {"is_following": is_following}
    await connection.execute(connection.statements.notebook.save_follow, [row])


async def load_mentions(connection: Connection, room: RoomId) -> set[Mention]:
    """Return who is called by a room's messages."""
    rows = await connection.fetch(connection.statements.notebook.load_mentions, room_=room)
    return {Mention(person, seq) for person, seq in rows}


async def mend_mentions(
    connection: Connection, room: RoomId, missing: Collection[Mention], wrong: Collection[Mention]
) -> None:
    """Note what is missing, and forget what is wrong."""
    statements = connection.statements.notebook
    if missing:
        rows = [{"person": it.person, "room": room, "seq": it.seq} for it in missing]
        await connection.execute(statements.insert_mention, rows)
    if wrong:
        rows = [{"person_": it.person, "room_": room, "seq_": it.seq} for it in wrong]
        await connection.execute(statements.delete_mention, rows)


async def forget(connection: Connection, person: PersonId) -> None:
    """Forget all that somebody has noted."""
    for statement in connection.statements.notebook.forget:
        await connection.execute(statement, [{"person_": person}])


async def note_calls(connection: Connection, records: Sequence[Record], revising: Sequence[Record]) -> None:
    """Note whom the messages among these call, and who follows their threads from now on; all of them are written.

    `revising` are those among them that are about other messages.
    """
    said = [(record, record.event) for record in records if isinstance(record.event, Said)]
    # Most call nobody, and cost no more than this.
    calling = [row for record, event in said if event.mentions or event.calls_all for row in _calls(record, event)]
    if calling:
        await connection.execute(connection.statements.notebook.insert_mention, calling)
    for record in revising:
        event = record.event
        if isinstance(event, Said):
            await _note_followers(connection, record.room, event)
        elif isinstance(event, Edited | Deleted):
            await _note_revised(connection, record, event)


def _calls(record: Record, event: Said | Edited) -> list[dict[str, object]]:
    seq = event.message if isinstance(event, Edited) else record.seq
    return [{"person": person, "room": record.room, "seq": seq} for person in calls_of(event)]


async def _note_revised(connection: Connection, record: Record, event: Edited | Deleted) -> None:
    """Note whom a message calls now: nobody once it is deleted, or was erased."""
    statements = connection.statements.notebook
    this = {"room_": record.room, "seq_": event.message}
    is_there = await connection.fetch(statements.find_author, **this)
    if is_there and isinstance(event, Edited) and not event.text:
        return
    await connection.execute(statements.delete_mentions_of, [this])
    if is_there and isinstance(event, Edited) and (calling := _calls(record, event)):
        await connection.execute(statements.insert_mention, calling)


async def _note_followers(connection: Connection, room: RoomId, event: Said) -> None:
    """Have those follow a thread who wrote in it, began it, or are called in it."""
    statements, thread = connection.statements.notebook, event.thread
    await connection.execute(statements.save_follow, [_follow(event.author, room, thread)])
    await connection.execute(statements.suggest_follow_to_first, [{"room_": room, "thread_": thread}])
    if event.mentions:
        await connection.execute(statements.suggest_follow, [_follow(one, room, thread) for one in event.mentions])


def _follow(person: PersonId, room: RoomId, thread: Seq) -> dict[str, object]:
    return {"person": person, "room": room, "thread": thread, "is_following": True}
