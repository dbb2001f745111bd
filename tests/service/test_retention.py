"""Retention: what is kept no longer is erased, in every room that says so, loaded or not."""

from collections.abc import Callable
from typing import Final

import pytest

from hubbub.core.features.annotating import Delete, Edit
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Broadcast, Erased, Say, Tell
from hubbub.core.features.settings import ChangeSettings
from hubbub.core.kinds import Seq
from hubbub.core.message_answers import History
from hubbub.core.notes import LastMessage
from hubbub.core.queries import FindHistory
from hubbub.core.room import AUDIT_KEY, LOBBY, RoomKind
from hubbub.core.room_settings import Change
from hubbub.core.scene import DONE
from hubbub.service.ports import StoreUnavailable
from hubbub.service.retention import REWRITE_SECONDS, Eraser
from hubbub.stores.memory import MemoryStore
from tests.service.guests import Guest, text_of
from tests.service.node import Node, running
from tests.service.stores import ControlledStore
from tests.service.test_moderating import arrive, head_of

DAY: Final = 86_400.0
TEA: Final = "#tea"


def eraser(node: Node, keep_days: int = 0) -> Eraser:
    """Return what sweeps a node's rooms on a server that keeps everything so long."""
    return Eraser(node.store, node.rooms, node.house, node.clock, keep_days)


async def read(guest: Guest, room: str = TEA) -> list[str]:
    """Return what somebody reads in a room's history, from memory and from the store."""
    pages = {}
    for limit in (1, 2, 3, 4, 100):
        history = await guest.ask(FindHistory(room, limit))
        assert isinstance(history, History)
        pages[limit] = [text_of(record) for record in history.records]
    assert all(page == pages[100][-limit:] for limit, page in pages.items())
    return pages[100]


async def test_a_room_keeps_what_its_owner_says(node: Node) -> None:
    """So many days, or so many messages; what is gone is gone from every answer, and who listens goes on listening."""
    (olga,) = await arrive(node, "olga")
    await olga.ask(Join(TEA))
    assert await olga.ask(ChangeSettings(TEA, Change(keep_days=1))) == DONE
    await olga.ask(Say(TEA, "old"))
    node.clock.advance(DAY / 2)
    await olga.ask(Say(TEA, "newer"))
    await eraser(node).sweep()
    assert await read(olga) == ["old", "newer"]
    node.clock.advance(DAY / 2 + 1)
    await eraser(node).sweep()
    assert await read(olga) == ["newer"]
    assert await olga.ask(ChangeSettings(TEA, Change(keep_days=0, keep_messages=2))) == DONE
    for text in ("one", "two", "three"):
        await olga.ask(Say(TEA, text))
    await eraser(node).sweep()
    assert await read(olga) == ["two", "three"]
    assert isinstance((await node.kept(TEA))[2].event, Erased)
    assert await olga.ask(ChangeSettings(TEA, Change(keep_messages=0))) == DONE
    await eraser(node).sweep()
    assert await read(olga) == ["two", "three"]


async def test_what_another_node_erased_is_gone_here_too(node: Node) -> None:
    """Also from what is kept at hand for newcomers."""
    (olga,) = await arrive(node, "olga")
    await olga.ask(Join(TEA))
    await olga.ask(ChangeSettings(TEA, Change(keep_days=1)))
    await olga.ask(Say(TEA, "old"))
    node.clock.advance(DAY + 1)
    await olga.ask(Say(TEA, "new"))
    head = await head_of(node, RoomKind.CHANNEL, TEA)
    assert await node.store.erase_messages(head.id, node.clock.time_ms() - 1, None)
    await eraser(node).sweep()
    assert await read(olga) == ["new"]


async def test_a_room_that_nobody_needs_is_swept_all_the_same(store: ControlledStore) -> None:
    """Nobody has to load it: the house's room knows what it keeps, also after a restart."""
    async with running(Node(store)) as node:
        (olga,) = await arrive(node, "olga")
        await olga.ask(Join(TEA))
        await olga.ask(ChangeSettings(TEA, Change(keep_days=1)))
        await olga.ask(Say(TEA, "old"))
    async with running(Node(store)) as node:
        node.clock.advance(DAY + 1)
        await eraser(node).sweep()
        assert node.house.find_room(RoomKind.CHANNEL, TEA) is None
        head = await head_of(node, RoomKind.CHANNEL, TEA)
        assert await store.load_messages(head.id, None, 10) == []


async def test_the_server_keeps_nothing_longer_than_it_says(node: Node) -> None:
    """In rooms, between two, and what was said to everyone; a room may keep less, and the audit is kept for ever."""
    olga, bob = await arrive(node, "olga", "bob")
    for guest in (olga, bob):
        await guest.ask(Join(TEA))
        await guest.ask(Join(LOBBY))
    await olga.ask(ChangeSettings(TEA, Change(keep_days=100)))
    for request in (Say(TEA, "tea"), Say(LOBBY, "lobby"), Tell(("bob",), "direct"), Broadcast("all")):
        await olga.ask(request)
    audit = await head_of(node, RoomKind.AUDIT, AUDIT_KEY)
    before = await node.store.load_records(audit.id, Seq(0), 100)
    node.clock.advance(30 * DAY + 1)
    await eraser(node, 31).sweep()
    assert await read(olga) == ["tea"]
    await eraser(node, 30).sweep()
    for room in [live.settled for live in node.rooms.all()]:
        assert await node.store.load_messages(room.id, None, 100) == []
    assert before
    assert await node.store.load_records(audit.id, Seq(0), 100) == before


async def test_whoever_comes_back_to_what_is_erased_misses_nothing(node: Node) -> None:
    """Places remain, so that what comes next still comes next; nobody is shown what stands in them."""
    (olga,) = await arrive(node, "olga")
    await olga.ask(Join(TEA))
    await olga.ask(ChangeSettings(TEA, Change(keep_messages=1, slow_seconds=5)))
    for text in ("one", "two"):
        await olga.ask(Say(TEA, text))
    await eraser(node).sweep()
    live = await node.open_channel(TEA)
    restored, _ = await node.rooms.load_state(await head_of(node, RoomKind.CHANNEL, TEA))
    assert restored == live.settled


class PurgedStore(MemoryStore):
    """Remembers whether it was purged, and how."""

    def __init__(self) -> None:
        super().__init__()
        self.purges: list[bool] = []
        self.on_purge: Callable[[], None] = lambda: None

    async def purge(self, *, thoroughly: bool = True) -> None:
        """Be purged."""
        self.purges.append(thoroughly)
        self.on_purge()


async def test_what_was_edited_or_deleted_is_purged() -> None:
    """With the next sweep; the index no more than once a day, and then even where nothing else was removed since."""
    store = PurgedStore()
    async with running(Node(store)) as node:
        sweeper = eraser(node)
        node.scribe.on_removing(sweeper.notice_removal)
        (ann,) = await arrive(node, "ann")
        await ann.ask(Join(TEA))
        await ann.ask(Say(TEA, "one"))
        await sweeper.sweep()
        assert store.purges == [True], "what a server left that was stopped before it came to it"
        await sweeper.sweep()
        assert store.purges == [True]
        node.clock.advance(REWRITE_SECONDS)
        await ann.ask(Edit(LastMessage(TEA), "two"))
        store.purges.clear()
        await sweeper.sweep()
        await sweeper.sweep()
        assert store.purges == [True]
        await ann.ask(Delete(LastMessage(TEA)))
        node.clock.advance(REWRITE_SECONDS / 2)
        await sweeper.sweep()
        await sweeper.sweep()
        assert store.purges == [True, False]
        node.clock.advance(REWRITE_SECONDS / 2)
        await sweeper.sweep()
        await sweeper.sweep()
        assert store.purges == [True, False, True]


async def test_what_is_removed_during_a_purge_is_purged_by_the_next_one() -> None:
    """The one under way may be past it; and one that failed is made up for."""
    store = PurgedStore()
    async with running(Node(store)) as node:
        sweeper = eraser(node)
        store.on_purge = sweeper.notice_removal
        await sweeper.sweep()
        store.on_purge = lambda: None
        await sweeper.sweep()
        await sweeper.sweep()
        assert store.purges == [True, False]

        def fail() -> None:
            raise StoreUnavailable("somebody reads")

        sweeper.notice_removal()
        store.on_purge = fail
        with pytest.raises(StoreUnavailable):
            await sweeper.sweep()
        store.on_purge = lambda: None
        await sweeper.sweep()
        await sweeper.sweep()
        assert store.purges == [True, False, False, False]
