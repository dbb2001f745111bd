"""Importing into a store: with its own times, once however often, all or nothing, unseen until the end."""

from collections.abc import Iterator
from typing import Final

import pytest

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Pinned, Reacted, Removed
from hubbub.core.features.importing import Imported
from hubbub.core.features.membership import Joined
from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import RoomKind
from hubbub.service.imports import IMPORT_CHUNK, ImportDraft, Publication, RoomImport
from hubbub.service.ports import Draft, NameConflict, Store
from tests.stores.conftest import OpenRoom, OpenStore
from tests.stores.events import ANN, joined, said
from tests.stores.test_searching import find

BOB: Final = PersonId("bob-id")
NOW: Final = 1_000_000
NOWHERE: Final = Seq(0)


@pytest.fixture
async def room(open_room: OpenRoom) -> RoomId:
    """Open a channel."""
    return await open_room("#tea")


def message(name: str, time_ms: int = 5, about: str = "", thread: str = "") -> ImportDraft:
    """Return a message that says its own name."""
    return ImportDraft(name, time_ms, said(name), about, thread)


def about(name: str, subject: str, event: AnyEvent, thread: str = "") -> ImportDraft:
    """Return what was done to a message."""
    return ImportDraft(name, 7, event, subject, thread)


async def bring(store: Store, room: RoomId, *drafts: ImportDraft, label: str = "") -> int:
    """Import these into a room."""
    return await store.import_records("there", [RoomImport(room, drafts, "C1", label)], NOW)


async def kept(store: Store, room: RoomId) -> list[Record]:
    """Return everything in a room."""
    return await store.load_records(room, NOWHERE, 10_000)


async def test_times_are_their_own(store: Store, room: RoomId) -> None:
    """They come behind what is there, in the order given, whenever they were said."""
    await store.append([Draft(room, said("here"))], 500)
    assert await bring(store, room, message("a", 30), message("b", 20)) == 2
    records = await kept(store, room)
    assert [(record.seq, record.time_ms) for record in records] == [(1, 500), (2, 30), (3, 20)]
    assert await store.load_heads([room]) == {room: 3}
    assert [one.event for one in await store.load_messages(room, None, 2)] == [said("a"), said("b")]


async def test_repeating_adds_only_what_is_new(store: Store, room: RoomId) -> None:
    """Whatever was imported before from the same source is left out; another source is another."""
    await bring(store, room, message("a"), message("b"))
    assert await bring(store, room, message("a"), message("b")) == 0
    assert await bring(store, room, message("a"), message("c"), message("c"), message("b")) == 1
    assert await store.import_records("elsewhere", [RoomImport(room, [message("a")])], NOW) == 1
    assert [record.event for record in await kept(store, room)] == list(map(said, "abca"))


async def test_what_is_about_a_message_finds_it(store: Store, room: RoomId) -> None:
    """By its name in the source, in the same import and in a later one; what is not here is not answered."""
    await bring(store, room, message("a"), message("b", about="a", thread="a"))
    await bring(store, room, message("c", about="b", thread="a"), message("d", about="z", thread="z"))
    await bring(
        store, room, about("r", "a", Reacted(BOB, "bob", NOWHERE, "👍")), about("p", "b", Pinned(BOB, "bob", NOWHERE))
    )
    await bring(store, room, about("x", "z", Reacted(BOB, "bob", NOWHERE, "👍")))
    events = [record.event for record in await kept(store, room)]
    assert [(event.reply_to, event.thread) for event in events if isinstance(event, Said)] == [
        (0, 0),
        (1, 1),
        (2, 1),
        (0, 0),
    ]
    assert events[4:] == [Reacted(BOB, "bob", Seq(1), "👍"), Pinned(BOB, "bob", Seq(2))]
    first = await store.load_message(room, Seq(1))
    assert first is not None
    assert first.note is not None
    assert (first.note.reactions, first.note.replies) == ({"👍": {BOB: "bob"}}, 2)
    assert [one.seq for one in await store.load_thread(room, Seq(1), None, 9)] == [2, 3]


async def test_edits_and_deletions_are_those_of_any_message(store: Store, room: RoomId) -> None:
    """Versions have their times, and of what was deleted nothing can be read."""
    await bring(store, room, message("a"), about("a/2", "a", Edited(ANN, "ann", NOWHERE, "newer")))
    await bring(store, room, message("secret"), about("gone", "secret", Deleted(BOB, "bob", NOWHERE, ANN, "ann")))
    first, second = await store.load_messages(room, None, 9)
    assert first.event == said("newer")
    assert first.note is not None
    assert (first.note.versions[0].time_ms, first.note.edited_ms) == (5, 7)
    assert second.event == Removed(ANN, "ann", "bob")
    assert "secret" not in str(await kept(store, room))


async def test_listeners_are_told_how_many(store: Store, room: RoomId) -> None:
    """One record before all the others says so; where there are none, nothing is said."""
    await bring(store, room, message("a"), ImportDraft("j", 6, joined()), label="Slack")
    first, *others = await kept(store, room)
    assert first.time_ms == NOW
    assert isinstance(first.event, Imported)
    assert (first.event.name, first.event.records, first.event.messages) == ("Slack", 2, 1)
    assert [record.seq for record in others] == [2, 3]
    assert await bring(store, room, message("a"), label="Slack") == 0
    assert len(await kept(store, room)) == 3
    await store.append([Draft(room, said("later"))], NOW)
    assert (await kept(store, room))[-1].seq == 4


async def test_members_are_kept(store: Store, room: RoomId) -> None:
    """Who comes in by an import finds the room as his."""
    await bring(store, room, ImportDraft("j", 6, Joined(BOB, "bob")))
    assert [head.id for head in await store.list_memberships(BOB)] == [room]


async def test_any_number_at_once(store: Store, room: RoomId) -> None:
    """More than are looked at together, with answers across the seams."""
    count = IMPORT_CHUNK * 2 + 1
    drafts = [message(str(number), about=str(number - 1)) for number in range(count)]
    assert await bring(store, room, *drafts) == count
    events = [record.event for record in await kept(store, room)]
    assert [event.reply_to for event in events if isinstance(event, Said)] == list(range(count))


class Broken(Exception):  # noqa: N818 - named by what is wrong
    """What reading a draft raises."""


def breaking() -> Iterator[ImportDraft]:
    """Give many drafts, and then none."""
    yield from (message(str(number)) for number in range(IMPORT_CHUNK + 1))
    raise Broken


async def test_all_or_nothing(store: Store, open_room: OpenRoom, room: RoomId) -> None:
    """What breaks while it is read leaves nothing, in no room, and can be imported later."""
    cake = await open_room("#cake")
    with pytest.raises(Broken):
        await store.import_records("there", [RoomImport(cake, [message("x")]), RoomImport(room, breaking())], NOW)
    assert await kept(store, room) == await kept(store, cake) == []
    assert await store.load_heads([room, cake]) == {room: 0, cake: 0}
    assert await store.find_imported("there", ["x", "0"]) == {}
    with pytest.raises(LookupError):
        await store.import_records("there", [RoomImport(cake, [message("x")]), RoomImport(RoomId(99), [])], NOW)
    assert await bring(store, cake, message("x")) == 1


async def test_where_things_are(store: Store, room: RoomId) -> None:
    """Rooms and messages are found by their names in their source, and nothing by others."""
    await bring(store, room, message("a"))
    assert await store.find_imported("there", ["C1", "a", "b", "it's"]) == {"C1": (room, 0), "a": (room, 1)}
    assert await store.find_imported("elsewhere", ["C1", "a"]) == {}
    assert await store.find_imported("there", []) == {}


async def stage(store: Store, key: str, *drafts: ImportDraft) -> RoomId:
    """Bring messages into a room that nobody sees yet."""
    head = await store.open_room(RoomKind.STAGED, key, key)
    await store.import_records("there", [RoomImport(head.id, drafts)], NOW)
    return head.id


async def test_what_is_staged_is_not_there(store: Store) -> None:
    """It is in no list but its own, is nobody's, and is not found by its id."""
    room = await stage(store, "there C1", message("a"), ImportDraft("j", 1, Joined(BOB, "bob")))
    assert await store.list_rooms(RoomKind.CHANNEL) == []
    assert await store.list_memberships(BOB) == []
    assert await store.load_head(room) is None
    assert [head.id for head in await store.list_rooms(RoomKind.STAGED)] == [room]


async def test_what_is_published_is_there(store: Store) -> None:
    """All of it in one moment, under its name, with its members; a conversation with those whose it is."""
    tea = await stage(store, "there C1", message("a"), ImportDraft("j", 1, Joined(BOB, "bob")))
    talk = await stage(store, "there D1", message("b"))
    publications = [
        Publication(tea, RoomKind.CHANNEL, "#tea", "#Tea"),
        Publication(talk, RoomKind.DIRECT, f"{ANN} {BOB}", ""),
    ]
    imports = [RoomImport(tea, [message("c")], "C1"), RoomImport(talk, [], "D1")]
    assert await store.import_records("there", imports, NOW, publications) == 1
    head = await store.find_room(RoomKind.CHANNEL, "#tea")
    assert head is not None
    assert (head.id, head.name, head.seq) == (tea, "#Tea", 3)
    assert [head.id for head in await store.list_memberships(BOB)] == [tea, talk]
    assert [head.id for head in await store.list_memberships(ANN)] == [talk]
    assert await store.list_rooms(RoomKind.STAGED) == []
    assert await store.find_imported("there", ["C1", "D1"]) == {"C1": (tea, 0), "D1": (talk, 0)}


async def test_a_name_that_is_taken_publishes_nothing(store: Store, open_room: OpenRoom) -> None:
    """Neither the room nor what would have come with it."""
    await open_room("#tea")
    tea, cake = await stage(store, "there C1"), await stage(store, "there C2")
    publications = [
        Publication(cake, RoomKind.CHANNEL, "#cake", "#cake"),
        Publication(tea, RoomKind.CHANNEL, "#tea", "#tea"),
    ]
    with pytest.raises(NameConflict):
        await store.import_records("there", [RoomImport(cake, [message("a")], "C2")], NOW, publications)
    assert await store.find_room(RoomKind.CHANNEL, "#cake") is None
    assert await store.find_imported("there", ["C2", "a"]) == {}
    assert len(await store.list_rooms(RoomKind.STAGED)) == 2


async def test_a_place_knows_itself(open_store: OpenStore) -> None:
    """Its identity is the same whoever opens it, and not empty."""
    one, other = await open_store(), await open_store()
    assert await one.load_identity() == await other.load_identity() != ""


async def test_what_was_imported_is_found(store: Store) -> None:
    """As if it had been said here: in its last form, by its own time, and in the room that it came to be."""
    room = await stage(
        store, "there C1", message("tea at four", 40), message("tea at two", 20), message("tea is gone", 30)
    )
    await store.index(1_000)
    drafts = [
        about("e", "tea at two", Edited(ANN, "ann", NOWHERE, "coffee at two")),
        about("d", "tea is gone", Deleted(ANN, "ann", NOWHERE, ANN, "ann")),
        message("tea at one", 10),
    ]
    publication = Publication(room, RoomKind.CHANNEL, "#tea", "#tea")
    await store.import_records("there", [RoomImport(room, drafts, "C1")], NOW, [publication])
    assert await find(store, "tea", room) == ["tea at four", "tea at one"]
    assert await find(store, "coffee", room) == ["coffee at two"]
