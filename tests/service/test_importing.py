"""Importing: nothing half, nothing twice, everybody as he is known, and listeners hear one sentence."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.features.annotating import Removed
from hubbub.core.features.importing import Imported
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Confided, Said, Say
from hubbub.core.kinds import PersonId, Refused, Seq
from hubbub.core.message_answers import History
from hubbub.core.queries import FindHistory
from hubbub.core.roles import RoomRole
from hubbub.core.room import LOBBY, RoomKind
from hubbub.core.room_settings import Change
from hubbub.service.archives import Archive
from hubbub.service.import_drafts import CUT, LINES_LIMIT, TEXT_LIMIT, fit_text
from hubbub.service.import_people import STAND_IN, fit_name
from hubbub.service.importing import STAGE_CHUNK, Importer, ImportOptions
from hubbub.wire.transfer.things import Gone, MessageThing, Officer, Person, RoomThing, TopicThing, Version, to_time
from tests.fuzz.budget import QUICK
from tests.service.archives import ROOM, ListedArchive
from tests.service.guests import Guest
from tests.service.members import sign_up
from tests.service.node import Node, running
from tests.service.turns import until
from tests.wire.transfer.things import MESSAGES, NOON_MS, said

NOTHING: Final = ImportOptions()
DAY_MS: Final = 24 * 60 * 60 * 1_000


@pytest.fixture
async def node() -> AsyncIterator[Node]:
    """Let a node run."""
    async with running(Node()) as started:
        yield started


def importer(node: Node, archive: Archive, options: ImportOptions = NOTHING, keep_days: int = 0) -> Importer:
    """Return what imports into a node's store, as the console does."""
    return Importer(archive, options, node.store, node.rooms, node.house.directory, node.clock, keep_days)


async def bring(node: Node, archive: Archive, options: ImportOptions = NOTHING, keep_days: int = 0) -> int:
    """Import an archive, and return how many records that made."""
    at_work = importer(node, archive, options, keep_days)
    plans = await at_work.plan(lambda _: None, lambda _done, _total: None)
    return await at_work.perform(plans, lambda _done, _total: None)


async def texts_in(node: Node, room: str = "#tea") -> list[str]:
    """Return what was said in a room."""
    return [record.event.text for record in await node.kept(room) if isinstance(record.event, Said)]


async def messages_in(node: Node, room: str = "#tea") -> list[Record]:
    """Return the messages of a room as they look now."""
    head = await node.store.find_room(RoomKind.CHANNEL, room)
    assert head is not None
    return await node.store.load_messages_after(head.id, Seq(0), 1_000)


async def is_there(node: Node, room: str = "#tea") -> bool:
    """Return whether there is a room."""
    return await node.store.find_room(RoomKind.CHANNEL, room) is not None


async def test_a_room_comes_with_its_messages(node: Node) -> None:
    """With their own times and names, by people who are nobody here."""
    await bring(node, ListedArchive([said(1, "a", author="U1"), said(2, "b", name="bob", author="U2", reply_to="1")]))
    first, second = await messages_in(node)
    assert (first.time_ms, first.event.name) == (NOON_MS + 1_000, "ann")
    assert first.event.author.startswith(STAND_IN)
    assert first.event.author != second.event.author
    assert isinstance(second.event, Said)
    assert second.event.reply_to == first.seq


async def test_what_became_of_a_message(node: Node) -> None:
    """Versions, reactions, pins and tombstones are as they were."""
    messages = [
        said(
            1,
            "third",
            edited=to_time(NOON_MS + 9),
            versions=(Version("first", to_time(NOON_MS)), Version("second", to_time(NOON_MS + 9))),
            reactions={"👍": (Person("bob", "U2"),), "two words": (Person("bob", "U2"),)},
            is_pinned=True,
        ),
        said(2, "", deleted=Gone(Person("carol"), "spam")),
        said(3, "once edited", edited=to_time(NOON_MS + 9)),
    ]
    await bring(node, ListedArchive(messages))
    first, second, third = await messages_in(node)
    assert first.note is not None
    assert [version.text for version in first.note.versions] == ["first", "second"]
    assert (first.note.text, first.note.edited_ms) == ("third", NOON_MS + 9)
    assert {reaction: list(people.values()) for reaction, people in first.note.reactions.items()} == {"👍": ["bob"]}
    assert (await node.open_channel("#tea")).settled.pins.keys() == {first.seq}
    assert (type(second.event).__name__, second.event.name) == ("Removed", "ann")
    assert third.note is not None
    assert third.note.edits


async def test_what_was_for_some_of_a_room(node: Node) -> None:
    """Stays for them, deleted or not; nothing else can become of it here."""
    messages = [
        said(1, "psst", to=RoomRole.MODERATOR, reactions={"👍": (Person("bob", "U2"),)}, is_pinned=True),
        said(2, "", to=RoomRole.OWNER, deleted=Gone(Person("carol"), "spam")),
        said(3, "hello"),
    ]
    await bring(node, ListedArchive(messages))
    first, second, third = await messages_in(node)
    assert isinstance(first.event, Confided)
    assert (first.event.text, first.event.to, first.note) == ("psst", RoomRole.MODERATOR, None)
    assert isinstance(second.event, Removed)
    assert (second.event.to, second.event.by) == (RoomRole.OWNER, "carol")
    assert isinstance(third.event, Said)
    assert not (await node.open_channel("#tea")).settled.pins


async def test_a_new_room_is_as_it_was(node: Node) -> None:
    """Topic, settings, and those members and roles that have accounts here; not how long anything is kept."""
    bob = await sign_up(node, "bob")
    there = RoomThing(
        "5",
        "#tea",
        topic=TopicThing("Tea", "ann", to_time(NOON_MS)),
        settings=Change(access="private", key="sesame", keep_days=1, slow_seconds=-5),
        members=(Person("bob", "U2"), Person("ann", "U1")),
        roles=(Officer("U2", "bob", RoomRole.OWNER), Officer("U1", "ann", RoomRole.OWNER)),
    )
    await bring(node, ListedArchive({there: [said(1, "a")]}), ImportOptions(match_names=True))
    room = (await node.open_channel("#tea")).settled
    assert room.topic is not None
    assert (room.topic.text, room.topic.name, room.topic.time_ms) == ("Tea", "ann", NOON_MS)
    assert (room.settings.access, room.settings.key, room.settings.keep_days) == ("private", "", 0)
    assert room.settings.slow_seconds == 0
    assert list(room.members) == list(room.roles) == [bob.id]
    # He has nothing to read that he has not read.
    assert room.members[bob.id].since == room.seq - 1


async def test_an_archived_room_can_be_read(node: Node) -> None:
    """Where nobody who is in has an account, those who come may read; where somebody has, it stays archived."""
    await sign_up(node, "bob")
    closed, open_ = RoomThing("1", "#closed", members=(Person("bob", "U2"),)), RoomThing("2", "#open")
    rooms = [replace(room, settings=Change(is_archived=True)) for room in (closed, open_)]
    await bring(node, ListedArchive({room: [] for room in rooms}), ImportOptions(match_names=True))
    assert (await node.open_channel("#closed")).settled.settings.is_archived
    settings = (await node.open_channel("#open")).settled.settings
    assert (settings.is_archived, settings.access) == (False, "announcement")


async def test_repeating_changes_nothing(node: Node) -> None:
    """The same archive makes no record, and a newer one only what is new."""
    await bring(node, ListedArchive([said(1, "a"), said(2, "b")]))
    before = await node.kept("#tea")
    assert await bring(node, ListedArchive([said(1, "a"), said(2, "b")])) == 0
    assert await node.kept("#tea") == before
    newer = [said(1, "a", reactions={"👍": (Person("bob"),)}), said(2, "b"), said(3, "c", reply_to="1")]
    assert await bring(node, ListedArchive(newer)) == 2
    assert await texts_in(node) == ["a", "b", "c"]
    assert (await messages_in(node))[0].note is not None


async def test_a_room_is_found_again_by_whatever_name(node: Node) -> None:
    """It was renamed here, or is called something else there now."""
    await bring(node, ListedArchive([said(1, "a")]), ImportOptions(rooms={"#tea": "#cake"}))
    assert not await is_there(node)
    renamed = ListedArchive({RoomThing("5", "#mate"): [said(1, "a"), said(2, "b")]})
    await bring(node, renamed)
    assert await texts_in(node, "#cake") == ["a", "b"]
    assert not await is_there(node, "#mate")


async def test_what_is_interrupted_is_not_there_and_is_completed_later(node: Node) -> None:
    """Whatever was written by then is seen by nobody; the same archive then comes whole, each message once."""
    archive = ListedArchive([said(number, str(number)) for number in range(1, STAGE_CHUNK + 10)])
    at_work = importer(node, archive)
    plans = await at_work.plan(lambda _: None, lambda _done, _total: None)
    archive.breaks_after = STAGE_CHUNK + 5
    with pytest.raises(OSError, match="disk"):
        await at_work.perform(plans, lambda _done, _total: None)
    assert not await is_there(node)
    (staged,) = await node.store.list_rooms(RoomKind.STAGED)
    assert staged.seq == STAGE_CHUNK
    archive.breaks_after = None
    assert await bring(node, archive) == 9
    assert await texts_in(node) == [str(number) for number in range(1, STAGE_CHUNK + 10)]
    assert await node.store.list_rooms(RoomKind.STAGED) == []


async def test_what_is_broken_is_seen_before_anything_is_written(node: Node) -> None:
    """In the last room as in the first."""
    archive = ListedArchive({ROOM: [said(1, "a")], RoomThing("6", "#cake"): [said(1, "b")]})
    archive.breaks_after = 0
    with pytest.raises(OSError, match="disk"):
        await bring(node, archive)
    assert not await is_there(node)
    assert await node.store.list_rooms(RoomKind.STAGED) == []


async def test_a_new_room_is_loaded_at_once(node: Node) -> None:
    """A snapshot of it is kept, under the name that it has here."""
    await bring(node, ListedArchive([said(1, "a")]), ImportOptions(rooms={"#tea": "#Cake"}))
    head = await node.store.find_room(RoomKind.CHANNEL, "#cake")
    assert head is not None
    snapshot = await node.store.load_snapshot(head.id)
    assert snapshot is not None
    assert snapshot.seq == head.seq
    assert (await node.open_channel("#cake")).settled.name == "#Cake"


async def test_listeners_hear_one_sentence(node: Node) -> None:
    """And find everything in the history, which goes on as always."""
    await bring(node, ListedArchive([said(1, "a")]))
    guest = Guest(node, "bob")
    await guest.ask(Join("#tea"))
    guest.forget()
    many = [said(number, str(number)) for number in range(1, 1_200)]
    await bring(node, ListedArchive(many))
    await node.delivery.check()
    live = await node.open_channel("#tea")
    head = await node.store.find_room(RoomKind.CHANNEL, "#tea")
    assert head is not None
    await until(lambda: live.settled.seq == head.seq)
    (told,) = guest.heard
    assert isinstance(told.event, Imported)
    assert (told.event.messages, told.event.name) == (1_198, "an export of hubbub")
    history = await guest.ask(FindHistory("#tea", 3))
    assert isinstance(history, History)
    assert [record.event.text for record in history.records if isinstance(record.event, Said)] == [
        "1197",
        "1198",
        "1199",
    ]
    carol = Guest(node, "carol")
    await carol.ask(Join("#tea"))
    await carol.ask(Say("#tea", "hi"))
    assert [type(record.event).__name__ for record in guest.heard[1:]] == ["Joined", "Said"]


async def test_an_empty_room_is_taken(node: Node) -> None:
    """Every server has a #lobby from its beginning; where nothing was said, what it holds otherwise stays."""
    lobby = RoomThing("1", "#lobby", topic=TopicThing("theirs"), settings=Change(access="private"))
    await bring(node, ListedArchive({lobby: [said(1, "a")]}))
    events = [record.event for record in await node.kept(LOBBY)]
    assert [type(event) for event in events] == [Imported, Said]


async def test_other_rooms_are_left_alone(node: Node) -> None:
    """A room of that name that does not come from there is told, with how to go on; nothing is written."""
    guest = Guest(node, "bob")
    await guest.ask(Join("#tea"))
    await guest.ask(Say("#tea", "mine"))
    with pytest.raises(Refused, match=r"There is a room of that name.*--rename '#tea=#NAME'"):
        await bring(node, ListedArchive({RoomThing("9", "#new"): [said(1, "a")], ROOM: [said(1, "a")]}))
    assert not await is_there(node, "#new")
    await bring(node, ListedArchive([said(1, "a")]), ImportOptions(rooms={"#tea": "#tea2"}))
    assert await texts_in(node, "#tea2") == ["a"]
    assert await texts_in(node) == ["mine"]


REFUSED: Final[list[tuple[Mapping[str, str], Mapping[str, str], str]]] = [
    ({"#zoo": "#x"}, {}, "no room #zoo in this archive"),
    ({"#tea": "#a b"}, {}, "cannot contain spaces"),
    ({}, {"U1": "zoe"}, "no account 'zoe'"),
    ({"#tea": "#cake"}, {}, "Another room of this archive is called so"),
]


@pytest.mark.parametrize(("rooms", "accounts", "words"), REFUSED)
async def test_what_cannot_be_chosen(
    node: Node, rooms: Mapping[str, str], accounts: Mapping[str, str], words: str
) -> None:
    """It is told before anything is written."""
    archive = ListedArchive({RoomThing("6", "#cake"): [], ROOM: []})
    with pytest.raises(Refused, match=words):
        await bring(node, archive, ImportOptions(accounts, rooms=rooms))


async def test_names_that_cannot_be_here_become_the_nearest(node: Node) -> None:
    """Of rooms, which may be longer elsewhere, and of people; nobody passes for the server."""
    await bring(node, ListedArchive({RoomThing("5", "#" + "x" * 80): [said(1, "a", name="server")]}))
    (message,) = await messages_in(node, "#" + "x" * 63)
    assert message.event.name == "guest1"
    assert [fit_name(name) for name in ("Ann Smith", "", "bob][SERVER", "אבג")] == [
        "Ann_Smith",
        "guest1",
        "bobSERVER",
        "אבג",
    ]


async def test_who_is_who(node: Node) -> None:
    """By id, by name in the archive, or called alike where that was said; whoever is left is nobody here."""
    bob, carol = await sign_up(node, "bob"), await sign_up(node, "Carol")
    messages = [said(1, "a", author="U1"), said(2, "b", author="U2", name="carol"), said(3, "c", name="dave")]

    async def authors(number: int, options: ImportOptions) -> list[PersonId | None]:
        name = f"#tea{number}"
        await bring(node, ListedArchive({RoomThing("5", name): messages}, {"U1": "ann"}, f"hubbub:{number}"), options)
        found = [message.event.author for message in await messages_in(node, name)]
        return [None if author.startswith(STAND_IN) else author for author in found]

    assert await authors(1, NOTHING) == [None, None, None]
    assert await authors(2, ImportOptions({"U1": "bob"})) == [bob.id, None, None]
    assert await authors(3, ImportOptions({"ann": "BOB", "dave": "carol"})) == [bob.id, None, carol.id]
    assert await authors(4, ImportOptions(match_names=True)) == [None, carol.id, None]


async def test_conversations_of_two(node: Node) -> None:
    """They come where it was asked for, where both have accounts, and have told each other nothing here."""
    ann, bob = await sign_up(node, "ann"), await sign_up(node, "bob")
    both = RoomThing("7", "", "direct", members=(Person("ann", "U1"), Person("bob", "U2")))
    one = RoomThing("8", "", "direct", members=(Person("ann", "U1"), Person("eve", "U3")))
    archive = ListedArchive({both: [said(1, "a")], one: [said(1, "b")]})
    assert await bring(node, archive, ImportOptions(match_names=True)) == 0
    options = ImportOptions(match_names=True, with_direct=True)
    assert await bring(node, archive, options) == 1
    key = " ".join(sorted([ann.id, bob.id]))
    (head,) = await node.store.list_rooms(RoomKind.DIRECT)
    assert head.key == key
    assert [one.id for one in await node.store.list_memberships(ann.id)] == [head.id]
    assert await bring(node, archive, options) == 0
    other = ListedArchive({both: [said(1, "a")]}, source="hubbub:other")
    assert await bring(node, other, options) == 0


async def test_groups(node: Node) -> None:
    """They come where it was asked for, and where somebody of them has an account."""
    ann = await sign_up(node, "ann")
    settings = Change(access="private", is_group=True)
    ours = RoomThing("7", "#ann+eve", settings=settings, members=(Person("ann", "U1"), Person("eve", "U3")))
    theirs = RoomThing("8", "#eve+mallory", settings=settings, members=(Person("eve", "U3"),))
    archive = ListedArchive({ours: [said(1, "a")], theirs: [said(1, "b")]})
    assert await bring(node, archive, ImportOptions(match_names=True)) == 0
    options = ImportOptions(match_names=True, with_direct=True)
    assert await bring(node, archive, options) == 3
    room = (await node.open_channel("#ann+eve")).settled
    assert (room.settings.is_group, room.settings.access, list(room.members)) == (True, "private", [ann.id])
    assert not await is_there(node, "#eve+mallory")
    assert await bring(node, archive, ImportOptions(match_names=True)) == 0


async def test_what_is_older_than_anything_here_is_left_out(node: Node) -> None:
    """It would be erased at once, and what stands before it too."""
    now_ms = node.clock.time_ms()
    fresh, old = to_time(now_ms - DAY_MS), to_time(now_ms - 3 * DAY_MS)
    messages = [said(1, "old", time=old), said(2, "fresh", time=fresh)]
    await bring(node, ListedArchive(messages), keep_days=2)
    assert await texts_in(node) == ["fresh"]


async def test_texts_are_made_harmless() -> None:
    """No control characters, no more lines and bytes than a page of history can hold."""
    assert fit_text("\x1b[31ma\r\nb\n\n") == "[31ma\nb"
    assert fit_text(" \n ") == ""
    assert fit_text("x\n" * LINES_LIMIT * 2) == "x\n" * (LINES_LIMIT - 1) + "x" + CUT
    long = fit_text("é" * TEXT_LIMIT)
    assert long.endswith("é" + CUT)
    assert len(long.encode()) <= TEXT_LIMIT


async def test_progress_goes_on_to_the_end(node: Node) -> None:
    """Reading, and writing."""
    archive, told = ListedArchive([said(number, "a") for number in range(1, 11)]), list[tuple[int, int]]()
    at_work = importer(node, archive)
    plans = await at_work.plan(lambda _: None, lambda done, total: told.append((done, total)))
    assert told == [*((number, 10) for number in range(1, 11)), (1, 1)]
    told.clear()
    await at_work.perform(plans, lambda done, total: told.append((done, total)))
    assert told == [(number, 10) for number in range(1, 11)]


@QUICK
@given(st.lists(MESSAGES, max_size=5))
def test_anything_is_imported_once(messages: list[MessageThing]) -> None:
    """Whatever stands in an archive, it comes in or is left out, can be read, and does not come in again."""
    numbered = [
        replace(message, id=str(number), reply_to=str(number - 1)) for number, message in enumerate(messages, 1)
    ]

    async def import_twice() -> None:
        async with running(Node()) as node:
            await bring(node, ListedArchive(numbered))
            kept = await messages_in(node)
            assert len(kept) <= len(messages)
            assert all(record.event.name for record in kept)
            assert await bring(node, ListedArchive(numbered)) == 0
            assert await messages_in(node) == kept

    asyncio.run(import_twice())
