"""Rooms: loaded when somebody needs them, dropped when nobody does, and the same when they come back."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.applying import apply
from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.membership import Join, Joined, Leave, Left
from hubbub.core.features.messages import Said, Say
from hubbub.core.kinds import PersonId, Refusal, RoomId, Seq
from hubbub.core.room import LOBBY, RoomKind, empty_room
from hubbub.core.room_answers import Entered
from hubbub.fabrics.local import LocalFabric
from hubbub.service.ports import Draft, StoreUnavailable
from hubbub.service.rooms import RECENT_MESSAGES, SNAPSHOT_EVERY
from hubbub.service.scribe import RETRY_SECONDS
from tests.core.histories import any_event
from tests.fuzz.budget import QUICK
from tests.service.guests import Guest
from tests.service.node import Node, running
from tests.service.stores import ControlledStore
from tests.service.turns import turns, until

GHOST = PersonId("somebody whom a crash took")


async def write(store: ControlledStore, name: str, events: Sequence[AnyEvent]) -> RoomId:
    """Have events in a channel from an earlier time."""
    head = await store.open_room(RoomKind.CHANNEL, name, name)
    await store.append_elsewhere([Draft(head.id, event) for event in events])
    return head.id


async def key_of(store: ControlledStore, room: RoomId) -> str:
    """Return under which key a channel is found by now: it may have been renamed."""
    (key,) = [head.key for head in await store.list_rooms(RoomKind.CHANNEL) if head.id == room]
    return key


def says(*texts: str) -> list[AnyEvent]:
    """Return events of this being said."""
    return [Said(GHOST, "zoe", text) for text in texts]


class ListeningFabric(LocalFabric):
    """Reaches nobody, and remembers which rooms it is to listen to."""

    def __init__(self) -> None:
        self.rooms: set[RoomId] = set()

    def listen(self, room: RoomId) -> None:
        """Remember the room."""
        self.rooms.add(room)

    def ignore(self, room: RoomId) -> None:
        """Forget the room."""
        self.rooms.remove(room)


async def test_a_room_is_made_by_joining_it(node: Node) -> None:
    """A channel that does not exist begins to when somebody joins it; its name stays as it was first written."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    first, second = await ann.ask(Join("#Tea")), await bob.ask(Join("#TEA"))
    assert isinstance(first, Entered)
    assert isinstance(second, Entered)
    assert (first.room, first.member_count, second.room, second.member_count) == ("#Tea", 1, "#Tea", 2)


async def test_a_room_is_loaded_with_all_its_records(store: ControlledStore) -> None:
    """Members, topic and the last messages are there, as everybody knew them, whoever wrote them."""
    room = await write(store, "#tea", [*says(*map(str, range(100))), Joined(GHOST, "zoe")])
    house_rooms = Node(store).rooms
    live = await house_rooms.open(RoomKind.CHANNEL, "#tea", "#tea")
    assert live.id == room
    assert live.settled.seq == 101
    assert set(live.settled.members) == {GHOST}
    assert [record.seq for record in live.recent] == list(range(100 - RECENT_MESSAGES + 1, 101))


async def test_many_who_open_a_room_load_it_once(node: Node, store: ControlledStore) -> None:
    """Of any number of people who want a room at the same time, one loads it and all get the same."""
    await write(store, "#tea", says("hello"))
    store.calls.clear()
    opened = await asyncio.gather(*(node.open_channel("#tea") for _ in range(50)))
    assert len({id(live) for live in opened}) == 1
    assert store.calls.count("open_room") == store.calls.count("load_snapshot") == 1
    assert await node.open_channel("#tea") is opened[0]


async def test_who_gives_up_takes_nothing_from_the_others(node: Node) -> None:
    """One of those who wait for a room may be cancelled; the others get it."""
    impatient = asyncio.create_task(node.open_channel("#tea"))
    patient = asyncio.create_task(node.open_channel("#tea"))
    await turns(1)
    impatient.cancel()
    assert (await patient).settled.name == "#tea"


async def test_a_room_that_cannot_be_loaded_can_be_later(store: ControlledStore) -> None:
    """When the store fails at any step everybody who waits is told, nothing is half loaded, and it works afterwards."""
    fabric = ListeningFabric()
    async with running(Node(store, fabric)) as node:
        listening = set(fabric.rooms)
        ann = Guest(node, "ann")
        for step in ("open_room", "load_snapshot", "load_records", "load_messages"):
            store.fails = step.__eq__
            waiting = [asyncio.create_task(node.open_channel("#tea")) for _ in range(3)]
            failures = await asyncio.gather(*waiting, return_exceptions=True)
            assert [type(failure) for failure in failures] == [StoreUnavailable] * 3
            answer = await ann.ask(Join("#tea"))
            assert isinstance(answer, Refusal)
            assert answer.code == "try_again"
            assert node.house.find_room(RoomKind.CHANNEL, "#tea") is None
            assert fabric.rooms == listening, "nobody listens to a room that is not there"
        store.fails = lambda _: False
        assert isinstance(await ann.ask(Join("#tea")), Entered)


async def test_a_room_nobody_needs_is_dropped(store: ControlledStore) -> None:
    """Two sweeps after the last one left, the room costs nothing any more; the first only notes that it is idle."""
    fabric = ListeningFabric()
    async with running(Node(store, fabric)) as node:
        listening = set(fabric.rooms)
        ann = Guest(node, "ann")
        await ann.ask(Join("#tea"))
        tea = node.house.require_channel("#tea")
        assert fabric.rooms == {*listening, tea.id}
        await ann.ask(Leave("#tea"))
        await node.rooms.sweep()
        assert node.rooms.get(tea.id) is not None, "it was asked about since the last sweep"
        await node.rooms.sweep()
        assert node.rooms.get(tea.id) is None
        assert node.house.find_room(RoomKind.CHANNEL, "#tea") is None
        assert fabric.rooms == listening


async def test_asking_keeps_a_room(node: Node) -> None:
    """A room that was opened since the last sweep stays for one more."""
    live = await node.open_channel("#tea")
    for _ in range(5):
        await node.rooms.sweep()
        assert await node.open_channel("#tea") is live
    await node.rooms.sweep()
    await node.rooms.sweep()
    assert node.rooms.get(live.id) is None


async def test_listening_keeps_a_room(node: Node) -> None:
    """As long as somebody listens the room stays, as do the lobby, the house and the directory without anybody."""
    ann = Guest(node, "ann")
    await ann.ask(Join("#tea"))
    kept = {live.id for live in node.rooms.all()}
    for _ in range(5):
        await node.rooms.sweep()
    assert {live.id for live in node.rooms.all()} == kept
    ann.leave()
    await node.settle()
    for _ in range(3):
        await node.rooms.sweep()
    assert {live.settled.kind for live in node.rooms.all()} == {
        RoomKind.AUDIT,
        RoomKind.CHANNEL,
        RoomKind.DIRECTORY,
        RoomKind.HOUSE,
    }
    assert [live.settled.name for live in node.rooms.all() if live.settled.name] == [LOBBY]


async def test_what_is_pending_keeps_a_room(node: Node, store: ControlledStore) -> None:
    """A room with events that are not kept yet stays, though nobody listens any more."""
    ann = Guest(node, "ann")
    await ann.ask(Join("#tea"))
    tea = node.house.require_channel("#tea")
    store.hold()
    ann.leave()
    await turns(5)
    for _ in range(5):
        await node.rooms.sweep()
    assert node.rooms.get(tea.id) is not None
    store.release()
    await node.settle()
    for _ in range(2):
        await node.rooms.sweep()
    assert node.rooms.get(tea.id) is None
    assert [type(record.event) for record in await node.kept("#tea")] == [Joined, Left]


async def test_a_room_comes_back_as_it_was(node: Node) -> None:
    """Dropping and loading again is not to be noticed: topic, history and everything else are the same."""
    ann = Guest(node, "ann")
    await ann.ask(Join("#tea"))
    await ann.ask(Say("#tea", "hello"))
    await ann.ask(Leave("#tea"))
    before = (await node.open_channel("#tea")).settled
    for _ in range(3):
        await node.rooms.sweep()
    after = await node.open_channel("#tea")
    assert after.settled == before
    assert after.settled is not before
    assert [record.seq for record in after.recent] == [2]
    assert isinstance(await ann.ask(Join("#tea")), Entered)


async def test_a_grown_room_is_saved(node: Node, store: ControlledStore) -> None:
    """After so many records its state is saved, once, so that loading it never reads all of its history."""
    ann = Guest(node, "ann")
    await ann.ask(Join(LOBBY))
    live = await node.open_channel()
    ann.send(*(Say(LOBBY, "x") for _ in range(SNAPSHOT_EVERY - 2)))
    await ann.answers()
    await node.rooms.sweep()
    assert await store.load_snapshot(live.id) is None, "not grown enough yet"
    await ann.ask(Say(LOBBY, "y"))
    await node.rooms.sweep()
    await node.rooms.sweep()
    assert store.calls.count("save_snapshot") == 1
    snapshot = await store.load_snapshot(live.id)
    assert snapshot is not None
    assert snapshot.seq == SNAPSHOT_EVERY


async def test_everything_is_saved_at_the_end(node: Node, store: ControlledStore) -> None:
    """When the server stops, whatever has grown since its last snapshot is saved, and what has not is not."""
    ann = Guest(node, "ann")
    await ann.ask(Join(LOBBY))
    await node.rooms.save_all()
    await node.rooms.save_all()
    assert store.calls.count("save_snapshot") == 1


async def test_sweeping_survives_a_full_disk(node: Node, store: ControlledStore) -> None:
    """A snapshot that cannot be saved costs nothing: it is tried again with the next sweep."""
    live = await node.open_channel("#tea")
    await write(store, "#tea", says(*["x"] * SNAPSHOT_EVERY))
    await node.delivery.check()
    await until(lambda: live.settled.seq == SNAPSHOT_EVERY)
    store.fails = lambda method: method == "save_snapshot"
    with pytest.raises(StoreUnavailable):
        await node.rooms.sweep()
    store.fails = lambda _: False
    await node.rooms.sweep()
    assert await store.load_snapshot(live.id) is not None


@QUICK
@given(st.lists(any_event(), max_size=40), st.integers(0, 40))
async def test_loading_from_any_snapshot_is_loading_from_the_beginning(events: list[AnyEvent], place: int) -> None:
    """Law 3 where it is used: whenever the state was saved, the room that is loaded is the fold of all records."""
    store = ControlledStore()
    room = await write(store, "#tea", events[:place])
    saving = Node(store).rooms
    key = await key_of(store, room)
    await saving.open(RoomKind.CHANNEL, key, key)
    await saving.save_all()
    await store.append_elsewhere([Draft(room, event) for event in events[place:]])
    key = await key_of(store, room)
    loaded = await Node(store).rooms.open(RoomKind.CHANNEL, key, key)
    records: list[Record] = await store.load_records(room, Seq(0), 100)
    head = await store.find_room(RoomKind.CHANNEL, key)
    assert head is not None
    fresh = empty_room(head)
    for record in records:
        apply(fresh, record.event, record.time_ms)
        fresh.seq = record.seq
    assert loaded.settled == fresh


async def test_ghosts_of_a_crash_are_seen_off(node: Node, store: ControlledStore) -> None:
    """Members who were never seen leaving, and are not here, leave when the room is loaded; nobody else does."""
    await write(store, "#tea", [Joined(GHOST, "zoe"), Joined(PersonId("another"), "yan")])
    ann = Guest(node, "ann")
    entered = await ann.ask(Join("#tea"))
    await node.settle()
    assert isinstance(entered, Entered)
    assert (entered.member_count, entered.some_members) == (1, ())
    left = [record.event for record in await node.kept("#tea") if isinstance(record.event, Left)]
    assert [(event.name, event.quitting) for event in left] == [("zoe", True), ("yan", True)]
    for _ in range(3):
        await node.rooms.sweep()
    await node.settle()
    assert len([record for record in await node.kept("#tea") if isinstance(record.event, Left)]) == 2


async def test_ghosts_are_seen_off_when_the_store_can(node: Node, store: ControlledStore) -> None:
    """If the store fails at just that moment, the ghosts are seen off as soon as it does not."""
    await write(store, "#tea", [Joined(GHOST, "zoe")])
    store.fails = lambda method: method == "append"
    live = await node.open_channel("#tea")
    await node.settle()
    assert GHOST in live.ahead.members
    store.fails = lambda _: False
    node.clock.advance(RETRY_SECONDS)
    await node.settle()
    assert live.settled.members == {}


async def test_nodes_that_are_not_alone_see_nobody_off(store: ControlledStore) -> None:
    """Who is not on this node may be on another: with a fabric that reaches others, nobody is taken for a ghost."""
    fabric = ListeningFabric()
    fabric.reaches_others = True  # type: ignore[misc]
    await write(store, LOBBY, [Joined(GHOST, "zoe")])
    async with running(Node(store, fabric)) as node:
        await node.settle()
        assert GHOST in (await node.open_channel()).settled.members
