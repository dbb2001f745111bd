"""The contract of a notebook, beside each store."""

import asyncio
from collections.abc import Sequence

import pytest

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.annotating import Deleted, Edited
from hubbub.core.features.messages import Confided, Said
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.roles import RoomRole
from hubbub.core.room import RoomKind
from hubbub.core.unread import EVERYBODY, UNREAD_LIMIT, Count, Mark, Stretch
from hubbub.service.notebook import MarkSet, Mention, Notebook, Place
from hubbub.service.ports import Draft, Store, StoreUnavailable
from tests.stores.conftest import OpenDesk
from tests.stores.events import joined
from tests.stores.places import database_place

ANN, BOB, CAROL = map(PersonId, ("id-ann", "id-bob", "' OR 1=1 --"))
TEA, DEN = RoomId(1), RoomId(2)


@pytest.fixture
async def desk(open_desk: OpenDesk) -> tuple[Store, Notebook]:
    """Open a store with the two channels, and its notebook."""
    store, notebook = await open_desk()
    for key in ("#tea", "#den"):
        await store.open_room(RoomKind.CHANNEL, key, key)
    return store, notebook


async def keep(store: Store, room: RoomId, *events: AnyEvent) -> list[Seq]:
    """Keep what happens in a room, and return the places it has got."""
    return [record.seq for record in await store.append([Draft(room, event) for event in events], 1)]


def by(author: PersonId, calls: tuple[PersonId, ...] = (), thread: int = 0, *, calls_all: bool = False) -> Said:
    """Return something that is said."""
    return Said(author, "name", "text", reply_to=Seq(thread), thread=Seq(thread), mentions=calls, calls_all=calls_all)


def place(room: RoomId, thread: int = 0) -> Place:
    """Return a room, or a thread of it."""
    return Place(room, Seq(thread))


def mark(person: PersonId, room: RoomId, seq: int, thread: int = 0, at: int = 9) -> MarkSet:
    """Return how far somebody has read."""
    return MarkSet(person, room, Seq(thread), Mark(Seq(seq), Seq(at)))


def stretch(room: RoomId, floor: int = 0, at: int = 0, thread: int = 0) -> Stretch:
    """Return where to look for what is unread."""
    return Stretch(room, Seq(thread), Seq(floor), Seq(at))


async def counted(notebook: Notebook, one: Stretch, deaf: Sequence[PersonId] = (), who: PersonId = ANN) -> list[int]:
    """Return how much is unread of one stretch, how much of it calls one, and the first of it."""
    (found,) = await notebook.count(who, deaf, [one])
    assert (found.room, found.thread) == (one.room, one.thread)
    return [found.unread, found.mentions, found.first]


async def test_marks_are_kept_by_place(desk: tuple[Store, Notebook], open_desk: OpenDesk) -> None:
    """The last mark in a place holds, on every node at once, whether it moves on or back; others stay."""
    _, notebook = desk
    assert await notebook.load_marks(ANN) == {}
    await notebook.save_marks([mark(ANN, TEA, 5), mark(ANN, TEA, 3, thread=2), mark(BOB, TEA, 7), mark(CAROL, DEN, 1)])
    await notebook.save_marks([mark(ANN, TEA, 2, at=12)])
    _, other = await open_desk()
    assert await other.load_marks(ANN) == {
        place(TEA): Mark(Seq(2), Seq(12)),
        place(TEA, 2): Mark(Seq(3), Seq(9)),
    }
    assert await other.load_marks(CAROL) == {place(DEN): Mark(Seq(1), Seq(9))}


async def test_drafts_are_kept_by_room(desk: tuple[Store, Notebook], open_desk: OpenDesk) -> None:
    """One for each room; an empty one is none, also where there was none."""
    _, notebook = desk
    await notebook.save_draft(ANN, TEA, "I think, “that’s\n")
    await notebook.save_draft(ANN, TEA, "I know \U0001f375")
    await notebook.save_draft(BOB, TEA, "bob's")
    await notebook.save_draft(ANN, DEN, "gone soon")
    await notebook.save_draft(ANN, DEN, "")
    await notebook.save_draft(BOB, DEN, "")
    _, other = await open_desk()
    assert await other.load_drafts(ANN) == {TEA: "I know \U0001f375"}
    assert await other.load_drafts(BOB) == {TEA: "bob's"}


async def test_levels_are_kept_by_room(desk: tuple[Store, Notebook], open_desk: OpenDesk) -> None:
    """The last of each room holds, on every node; what is usual is none, also where there was none."""
    _, notebook = desk
    await notebook.save_level(ANN, TEA, "nothing")
    await notebook.save_level(ANN, TEA, "mentions")
    await notebook.save_level(CAROL, TEA, "all")
    await notebook.save_level(ANN, DEN, "nothing")
    await notebook.save_level(ANN, DEN, "default")
    await notebook.save_level(BOB, DEN, "default")
    _, other = await open_desk()
    assert await other.load_levels(ANN) == {TEA: "mentions"}
    assert await other.load_levels(BOB) == {}
    assert await other.load_levels(CAROL) == {TEA: "all"}


async def test_what_is_unread(desk: tuple[Store, Notebook]) -> None:
    """Messages of others behind the floor, and what of them calls one, by name or as everybody."""
    store, notebook = desk
    await keep(store, TEA, joined(), by(BOB), by(ANN), by(BOB, (ANN,)), by(CAROL, calls_all=True), by(BOB, (BOB,)))
    await keep(store, DEN, by(BOB, (ANN,)))
    assert await counted(notebook, stretch(TEA, at=3)) == [4, 2, 2]
    assert await counted(notebook, stretch(TEA)) == [3, 2, 4]
    assert await counted(notebook, stretch(TEA, 4)) == [2, 1, 5]
    assert await counted(notebook, stretch(TEA, 6)) == [0, 0, 0]
    assert await counted(notebook, stretch(TEA, 99)) == [0, 0, 0]
    assert await counted(notebook, stretch(TEA), (BOB,)) == [1, 1, 5]
    assert await counted(notebook, stretch(TEA), (BOB, CAROL)) == [0, 0, 0]
    assert await counted(notebook, stretch(TEA), who=BOB) == [0, 0, 0]
    assert await counted(notebook, stretch(TEA, 2, 6), who=BOB) == [2, 1, 3]
    assert await counted(notebook, stretch(RoomId(99))) == [0, 0, 0]


async def test_what_is_for_some_of_a_room_is_nobodys_unread(desk: tuple[Store, Notebook]) -> None:
    """Nor has whoever says it read the room; it only takes a place among the newest."""
    store, notebook = desk
    aside = Confided(ANN, "ann", "psst", RoomRole.MODERATOR)
    await keep(store, TEA, by(BOB), aside, by(CAROL), *[aside] * (UNREAD_LIMIT - 1))
    for who in (ANN, BOB):
        (found,) = await notebook.count(who, (), [stretch(TEA)])
        assert found == Count(TEA, Seq(0), 1, 0, Seq(3), is_more=True)


async def test_a_message_that_calls_somebody_twice_counts_once(desk: tuple[Store, Notebook]) -> None:
    """By name, by a keyword, and as one of all."""
    store, notebook = desk
    await keep(store, TEA, by(BOB, (ANN, ANN), calls_all=True))
    assert await counted(notebook, stretch(TEA)) == [1, 1, 1]


async def test_all_stretches_are_counted_at_once(desk: tuple[Store, Notebook]) -> None:
    """In the order in which they were asked for, rooms and threads in any mixture."""
    store, notebook = desk
    await keep(store, TEA, by(BOB), by(BOB, thread=1), by(BOB))
    await keep(store, DEN, by(BOB))
    asked = [stretch(DEN), stretch(TEA, thread=1), stretch(TEA), stretch(RoomId(99))]
    counts = await notebook.count(ANN, (), asked)
    assert [(it.room, it.thread, it.unread) for it in counts] == [(DEN, 0, 1), (TEA, 1, 1), (TEA, 0, 3), (99, 0, 0)]
    assert await notebook.count(ANN, (), []) == []


async def test_only_the_newest_are_looked_at(desk: tuple[Store, Notebook]) -> None:
    """As many as the limit says; one's own last word before them makes no difference, and one among them does."""
    store, notebook = desk
    await keep(store, TEA, by(ANN), *(by(BOB, (ANN,)) for _ in range(UNREAD_LIMIT)))
    (all_of_them,) = await notebook.count(ANN, (), [stretch(TEA, 1)])
    assert all_of_them == Count(TEA, Seq(0), UNREAD_LIMIT, UNREAD_LIMIT, Seq(2))
    await keep(store, TEA, joined(), by(BOB))
    (more,) = await notebook.count(ANN, (), [stretch(TEA)])
    assert more == Count(TEA, Seq(0), UNREAD_LIMIT, UNREAD_LIMIT - 1, Seq(3), is_more=True)
    await keep(store, TEA, by(ANN), by(BOB))
    (last,) = await notebook.count(ANN, (), [stretch(TEA)])
    assert last == Count(TEA, Seq(0), 1, 0, Seq(UNREAD_LIMIT + 5))


async def test_what_is_unread_in_a_thread(desk: tuple[Store, Notebook]) -> None:
    """Answers in it and nothing else; one's own last word in it counts, and not what one said elsewhere."""
    store, notebook = desk
    await keep(store, TEA, by(BOB), by(BOB), by(CAROL, (ANN,), 1), by(BOB, (ANN,), 2), by(ANN), by(CAROL, thread=1))
    assert await counted(notebook, stretch(TEA, thread=1)) == [2, 1, 3]
    assert await counted(notebook, stretch(TEA, thread=2)) == [1, 1, 4]
    assert await counted(notebook, stretch(TEA, 3, thread=1)) == [1, 0, 6]
    assert await counted(notebook, stretch(TEA, thread=1), (CAROL,)) == [0, 0, 0]
    await keep(store, TEA, by(ANN, thread=1), by(BOB, thread=1))
    assert await counted(notebook, stretch(TEA, thread=1)) == [1, 0, 8]
    assert await counted(notebook, stretch(TEA, 3, 7, thread=1)) == [2, 0, 6]
    assert await counted(notebook, stretch(TEA, thread=9)) == [0, 0, 0]


async def test_what_is_erased_is_not_unread(desk: tuple[Store, Notebook]) -> None:
    """Neither as a message, nor as a mention."""
    store, notebook = desk
    await keep(store, TEA, by(BOB, (ANN,)), by(BOB, (ANN,), 1), by(CAROL, calls_all=True))
    await store.erase_messages(TEA, 0, 1)
    assert await counted(notebook, stretch(TEA)) == [1, 1, 3]
    assert await counted(notebook, stretch(TEA, thread=1)) == [0, 0, 0]
    assert await notebook.load_mentions(TEA) == {Mention(EVERYBODY, Seq(3))}


async def test_what_is_deleted_is_not_unread(desk: tuple[Store, Notebook]) -> None:
    """And calls nobody any more; nor does what it is edited to by somebody who does not know yet."""
    store, notebook = desk
    await keep(store, TEA, by(BOB), by(BOB, (ANN,)), by(CAROL, (ANN,), 1), by(BOB, calls_all=True))
    gone = [Deleted(BOB, "name", Seq(2), BOB, "name"), Deleted(CAROL, "name", Seq(3), CAROL, "name", Seq(1))]
    await keep(store, TEA, *gone, Edited(BOB, "name", Seq(2), "@ann", (ANN,)))
    assert await counted(notebook, stretch(TEA)) == [2, 1, 1]
    assert await counted(notebook, stretch(TEA, thread=1)) == [0, 0, 0]
    assert await notebook.load_mentions(TEA) == {Mention(EVERYBODY, Seq(4))}


async def test_an_edited_message_calls_whom_it_calls_now(desk: tuple[Store, Notebook]) -> None:
    """And nobody whom it called before, also where it was said, edited and deleted in one transaction."""
    store, notebook = desk
    await keep(store, TEA, by(BOB, (ANN,)), by(BOB))
    await keep(store, TEA, Edited(BOB, "name", Seq(1), "x", (CAROL,)), Edited(BOB, "name", Seq(2), "x", (), True))
    assert await notebook.load_mentions(TEA) == {Mention(CAROL, Seq(1)), Mention(EVERYBODY, Seq(2))}
    await keep(store, TEA, Edited(BOB, "name", Seq(1), "x"), Edited(BOB, "name", Seq(2), "x", (ANN,)))
    assert await notebook.load_mentions(TEA) == {Mention(ANN, Seq(2))}
    said, edited = by(CAROL, (ANN,)), Edited(CAROL, "name", Seq(7), "x", (BOB,))
    assert await keep(store, TEA, said, edited, Deleted(CAROL, "name", Seq(7), CAROL, "name")) == [7, 8, 9]
    assert await notebook.load_mentions(TEA) == {Mention(ANN, Seq(2))}
    await keep(store, TEA, Edited(BOB, "name", Seq(3), "x", (BOB,)), Edited(BOB, "name", Seq(99), "x", (BOB,)))
    assert await notebook.load_mentions(TEA) == {Mention(ANN, Seq(2))}


async def test_who_takes_part_in_a_thread_follows_it(desk: tuple[Store, Notebook]) -> None:
    """Whoever began it, wrote in it, or is called in it; what somebody says himself holds until he writes in it."""
    store, notebook = desk
    await keep(store, TEA, by(BOB, (CAROL,)))
    assert await notebook.load_follows(BOB) == []
    await keep(store, TEA, by(ANN, thread=1))
    assert await notebook.load_follows(ANN) == await notebook.load_follows(BOB) == [place(TEA, 1)]
    assert await notebook.load_follows(CAROL) == []
    for one in (BOB, CAROL):
        await notebook.save_follow(one, place(TEA, 1), is_following=False)
    await keep(store, TEA, by(ANN, (CAROL,), 1))
    assert await notebook.load_follows(BOB) == await notebook.load_follows(CAROL) == []
    await keep(store, TEA, by(CAROL, thread=1))
    assert await notebook.load_follows(CAROL) == [place(TEA, 1)]
    await notebook.save_follow(BOB, place(TEA, 1), is_following=True)
    assert await notebook.load_follows(BOB) == [place(TEA, 1)]
    await keep(store, TEA, by(BOB), by(BOB, (ANN,), 99))
    assert await notebook.load_follows(ANN) == [place(TEA, 1)]


async def test_mentions_are_listed(desk: tuple[Store, Notebook]) -> None:
    """Of one room, each person and message once."""
    store, notebook = desk
    await keep(store, TEA, by(BOB, (ANN, CAROL)), by(BOB), by(ANN, (BOB,), calls_all=True))
    await keep(store, DEN, by(BOB, (ANN,)))
    assert await notebook.load_mentions(TEA) == {
        Mention(ANN, Seq(1)),
        Mention(CAROL, Seq(1)),
        Mention(BOB, Seq(3)),
        Mention(EVERYBODY, Seq(3)),
    }
    assert await notebook.load_mentions(RoomId(99)) == set()


async def test_all_of_somebody_s_is_forgotten(desk: tuple[Store, Notebook]) -> None:
    """His marks, drafts, levels and threads, and nobody else's; twice is harmless."""
    store, notebook = desk
    await keep(store, TEA, by(BOB), by(ANN, thread=1))
    for one in (ANN, BOB):
        await notebook.save_marks([mark(one, TEA, 1)])
        await notebook.save_draft(one, TEA, "text")
        await notebook.save_level(one, TEA, "nothing")
    for _ in range(2):
        await notebook.forget(ANN)
    assert (await notebook.load_marks(ANN), await notebook.load_drafts(ANN), await notebook.load_follows(ANN)) == (
        {},
        {},
        [],
    )
    assert await notebook.load_levels(ANN) == {}
    assert await notebook.load_marks(BOB)
    assert await notebook.load_drafts(BOB)
    assert await notebook.load_levels(BOB)
    assert await notebook.load_follows(BOB)


async def test_simultaneous_marks(desk: tuple[Store, Notebook], open_desk: OpenDesk) -> None:
    """Of marks set at once in one place, on several nodes, one is kept whole."""
    _, notebook = desk
    _, other = await open_desk()
    await asyncio.gather(
        *(it.save_marks([mark(ANN, TEA, seq, at=seq)]) for seq in range(1, 9) for it in (notebook, other))
    )
    kept = (await notebook.load_marks(ANN))[place(TEA)]
    assert kept.seq == kept.at


async def test_a_closed_notebook(address: str) -> None:
    """It says that it cannot do anything, as its store does."""
    notebook = database_place(address).make_storage().notebook
    with pytest.raises(StoreUnavailable):
        await notebook.load_marks(ANN)
