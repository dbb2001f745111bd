"""SQLite's search index: what was said is put into it soon after, and taken out when it is changed or erased.

How far each room is indexed stands in the same transaction as what was indexed, so that nothing is in it twice, and
nothing is missing, whenever a process is killed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from hubbub.core.catalog import MESSAGE_EVENTS, Record
from hubbub.core.kinds import RoomId, Seq
from hubbub.service.searching import files_of, with_names
from hubbub.stores.database import Connection, Rows
from hubbub.stores.rows import shown_record
from hubbub.stores.search_ids import first_id, last_id
from hubbub.stores.search_tokens import is_vocabulary, meta_tokens, text_tokens

CLEAN_LIMIT: Final = 200
"""Words of the vocabulary that are looked at in one transaction, whether any message has them still."""

MERGE_PAGES: Final = 64
"""Pages of the index that are written anew in one transaction."""


STEP_LETTERS: Final = 30_000
"""Characters of messages after which no other is indexed in the same transaction: a twentieth of a second, for which
everybody who says something waits."""


class Behind(NamedTuple):
    """A room with something that is not indexed."""

    room: RoomId
    seq: Seq
    """Up to where it is."""
    head: Seq
    """Its last record."""


class Entry(NamedTuple):
    """A message in the index."""

    id: int
    room: RoomId
    seq: Seq
    text: str
    """Its tokens."""
    meta: str


class Change(NamedTuple):
    """What becomes of one message in the index."""

    message: Record
    """Before or after it; what it says stands below."""
    old_text: str
    new_text: str | None
    """None takes it out."""


async def index(connection: Connection, limit: int) -> int:
    """Index about so many messages of any rooms that were not yet; return how many, or 0 when there are no more."""
    rows = await connection.fetch(connection.statements.search.behind, limit=limit)
    return await _index_rooms(connection, [Behind(*row) for row in rows], limit)


async def index_rooms(connection: Connection, rooms: Iterable[Behind], limit: int) -> int:
    """Index about so many messages of these rooms, up to the heads that are named; somebody may have begun already."""
    fresh = []
    for room, _, head in rooms:
        progress = await connection.fetch(connection.statements.search.progress, room=room)
        fresh.append(Behind(room, progress[0][0] if progress else Seq(0), head))
    return await _index_rooms(connection, [behind for behind in fresh if behind.seq < behind.head], limit)


async def index_up_to(connection: Connection, heads: Mapping[RoomId, Seq], limit: int) -> int:
    """Index about so many messages that are not yet, up to these records; return how many, 0 when there are no more."""
    found = await find_behind(connection, _json(list(heads)))
    rooms = [one._replace(head=heads[one.room]) for one in found if one.seq < heads[one.room]]
    return await _index_rooms(connection, rooms, limit)


async def find_behind(connection: Connection, rooms: str) -> list[Behind]:
    """Return those of these rooms, a JSON array, that have something that is not indexed."""
    rows = await connection.fetch(connection.statements.search.behind_of, rooms=rooms)
    return [Behind(*row) for row in rows]


async def _index_rooms(connection: Connection, rooms: Sequence[Behind], limit: int) -> int:
    if not rooms:
        return 0
    statements = connection.statements.search
    found = await connection.fetch(statements.messages_behind, rooms=_json(rooms), limit=limit)
    rows = found[: _share(found)]
    if rows:
        await _insert(connection, await _number(connection, rows))
    done = list(_progress(rooms, rows, is_cut=len(rows) < len(found) or len(found) == limit))
    await connection.execute(statements.set_progress, [{"room": room, "seq": seq} for room, seq in done])
    return max(len(rows), len(done))


def _share(rows: Rows) -> int:
    """Return how many of these messages are indexed in one transaction, the first one at least."""
    size = 0
    for number, (_, _, _, body, _) in enumerate(rows, 1):
        size += len(body)
        if size >= STEP_LETTERS:
            return number
    return len(rows)


def _progress(rooms: Sequence[Behind], rows: Rows, *, is_cut: bool) -> Iterator[tuple[RoomId, Seq]]:
    """Return up to where each room is indexed after these messages of theirs, which may not be all there were."""
    last_room, last_seq = rows[-1][:2] if is_cut else (None, Seq(0))
    for room, _, head in rooms:
        if room == last_room:
            yield room, last_seq
            return
        yield room, head


async def _number(connection: Connection, rows: Rows) -> list[Entry]:
    """Give messages ids in the order of their times: FTS5 wants them ascending, and they are found by them."""
    messages = sorted(map(shown_record, rows), key=lambda one: (one.time_ms, one.room, one.seq))
    ranges = {first_id(message.time_ms): last_id(message.time_ms) for message in messages}
    found = await connection.fetch(connection.statements.search.last_ids, ranges=_json(list(ranges.items())))
    free = {low: low if last is None else last + 1 for low, last in found}
    entries = []
    for message in messages:
        if not isinstance(message.event, MESSAGE_EVENTS):
            continue  # it was deleted
        low = first_id(message.time_ms)
        entries.append(_entry(free[low], message, message.event.text))
        free[low] += 1
    return entries


async def _insert(connection: Connection, entries: Sequence[Entry]) -> None:
    statements = connection.statements.search
    rows = [{"entries": _json(entries)}]
    await connection.execute(statements.insert_places, rows)
    await connection.execute(statements.insert_texts, rows)
    # Most words are in many of the messages: each is looked at once.
    terms = set[str]().union(*[entry.text.split() for entry in entries])
    await _learn(connection, set(filter(is_vocabulary, terms)))


async def _learn(connection: Connection, words: set[str]) -> None:
    """Put words into the vocabulary that are not there: a word's id tells when it was first used."""
    statements = connection.statements.search
    known = await connection.fetch(statements.known_words, words=_json(sorted(words)))
    new = sorted(words.difference(word for (word,) in known))
    if not new:
        return
    ((last,),) = await connection.fetch(statements.last_word)
    rows = [{"last": last, "words": _json(new)}]
    await connection.execute(statements.insert_words, rows)
    await connection.execute(statements.insert_parts, rows)


async def change(connection: Connection, changes: Sequence[Change]) -> None:
    """Find these messages by their new texts, and never again by their old ones; in the transaction that changes them.

    Messages that are not indexed yet will be, as they are then.
    """
    statements = connection.statements.search
    removed, added = [], []
    for message, old_text, new_text in changes:
        low, high = first_id(message.time_ms), last_id(message.time_ms)
        found = await connection.fetch(statements.find_place, low=low, high=high, room=message.room, seq=message.seq)
        for (id_,) in found:
            removed.append(_entry(id_, message, old_text))
            if new_text is not None:
                added.append(_entry(id_, message, new_text))
    if removed:
        await _remove(connection, sorted(removed))
    if added:
        await _insert(connection, sorted(added))


async def _remove(connection: Connection, entries: Sequence[Entry]) -> None:
    statements = connection.statements.search
    rows = [entry._asdict() for entry in entries]
    await connection.execute(statements.delete_text, rows)
    await connection.execute(statements.delete_place, rows)
    words = {term for entry in entries for term in entry.text.split() if is_vocabulary(term)}
    await connection.execute(statements.doubt_word, [{"word": word} for word in sorted(words)])
    await connection.execute(statements.note_removed, [{"count": len(rows)}])


def _entry(id_: int, message: Record, text: str) -> Entry:
    event = message.event
    meta = meta_tokens(message.room, event.author, event.name, text, has_files=bool(files_of(event)))
    return Entry(id_, message.room, message.seq, text_tokens(with_names(text, event)), meta)


async def clean_words(connection: Connection) -> int:
    """Forget some words that no message has any more; return how many were looked at, 0 when there are no others."""
    statements = connection.statements.search
    doubtful = await connection.fetch(statements.doubtful, limit=CLEAN_LIMIT)
    gone = []
    for word, id_ in doubtful:
        used = await connection.fetch(statements.is_used, wanted=f'text : "{word}"')
        if id_ is not None and not used:
            gone.append({"id": id_, "word": word})
    await connection.execute(statements.delete_parts, gone)
    await connection.execute(statements.delete_word, gone)
    await connection.execute(statements.trust_word, [{"word": word} for word, _ in doubtful])
    return len(doubtful)


async def merge(connection: Connection, *, is_first: bool) -> bool:
    """Write some of the index anew, without what was taken out of it; return whether there is more to do.

    FTS5 only notes that something is gone, and drops it when parts of the index are merged: until all are, words that
    nobody can find any more stand in the file. https://sqlite.org/fts5.html#the_merge_command
    """
    statements = connection.statements.search
    ((before,),) = await connection.fetch(statements.changes)
    pages = [{"pages": -MERGE_PAGES if is_first else MERGE_PAGES}]
    await connection.execute(statements.merge_texts, pages)
    await connection.execute(statements.merge_parts, pages)
    ((after,),) = await connection.fetch(statements.changes)
    # Each of the two is one change by itself; more than that have changed something.
    return bool(after - before > len((statements.merge_texts, statements.merge_parts)))


async def count_removed(connection: Connection) -> int:
    """Return how many messages were taken out that may still stand in the file."""
    ((removed,),) = await connection.fetch(connection.statements.search.removed)
    return int(removed)


async def note_merged(connection: Connection, removed: int) -> None:
    """Note that so many do no more: those taken out before the merging began, and not others meanwhile."""
    await connection.execute(connection.statements.search.note_removed, [{"count": -removed}])


def _json(values: Sequence[object]) -> str:
    return msgspec.json.encode(values).decode()
