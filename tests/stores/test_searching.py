"""The contract of a store: what was said is found, wherever the law says so, and nowhere else."""

from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.features.annotating import Deleted, Edited
from hubbub.core.features.messages import Confided, Said
from hubbub.core.kinds import PersonId, Refused, RoomId, Seq
from hubbub.core.roles import RoomRole
from hubbub.core.room import RoomKind, direct_key
from hubbub.core.search.query import SearchQuery, parse_query
from hubbub.service.ports import Draft, Store
from hubbub.service.searching import Author, SearchPage, SearchRequest
from hubbub.stores.memory import MemoryStore
from tests.core.search.cases import FOUND, NOT_FOUND
from tests.core.search.texts import any_text
from tests.fuzz.budget import QUICK
from tests.stores.conftest import OpenRoom, OpenStore
from tests.stores.events import ANN, joined, said
from tests.stores.places import sqlite_store

BOB: Final = PersonId("bob-id")
START: Final = Seq(0)
DAY_MS: Final = 24 * 60 * 60 * 1_000


def wish(text: str, *rooms: RoomId, limit: int = 50) -> SearchRequest:
    """Return the request for what people type, in these rooms."""
    query = parse_query(text)
    return SearchRequest(query, dict.fromkeys(rooms, START), limit, query.order or "newest")


def texts(page: SearchPage) -> list[str]:
    """Return what was said in the hits."""
    assert page.is_complete
    return [hit.record.event.text for hit in page.hits if isinstance(hit.record.event, Said)]


async def say(store: Store, room: RoomId, *words: str, start_ms: int = 1_000) -> list[Record]:
    """Have Ann say these things in a room, a millisecond after each other."""
    return [(await store.append([Draft(room, said(text))], start_ms + n))[0] for n, text in enumerate(words)]


def edited(message: int, text: str) -> Edited:
    """Return Ann's edit."""
    return Edited(ANN, "ann", Seq(message), text)


def deleted(message: int) -> Deleted:
    """Return Ann's deletion of what she said."""
    return Deleted(ANN, "ann", Seq(message), ANN, "ann")


async def find(store: Store, text: str, *rooms: RoomId) -> list[str]:
    """Return what people find in these rooms, the newest first."""
    return texts(await store.search(wish(text, *rooms)))


async def test_everything_is_found_in_every_script(store: Store, open_room: OpenRoom) -> None:
    """All cases at once, each among all the others."""
    tea = await open_room("#tea")
    await say(store, tea, *{text: None for text, _, _ in FOUND}, *(text for text, _ in NOT_FOUND))
    for text, query, _ in FOUND:
        assert text in await find(store, query, tea), query
    for text, query in NOT_FOUND:
        assert text not in await find(store, query, tea), query


async def test_the_newest_come_first_and_in_pages(store: Store, open_room: OpenRoom) -> None:
    """By their times, whichever room they are in; what is said meanwhile moves nothing."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    for number in range(5):
        await say(store, (tea, milk)[number % 2], f"cup {number}", start_ms=number * 1_000)
    request = wish("cup", tea, milk, limit=2)
    first = await store.search(request)
    assert texts(first) == ["cup 4", "cup 3"]
    await say(store, tea, "cup 5", start_ms=9_000)
    second = await store.search(replace(request, cursor=first.cursor))
    assert texts(second) == ["cup 2", "cup 1"]
    third = await store.search(replace(request, cursor=second.cursor))
    assert texts(third) == ["cup 0"]
    assert third.cursor == ""
    again = await store.search(replace(request, cursor=second.hits[0].cursor))
    assert texts(again) == ["cup 1", "cup 0"]
    assert not again.cursor


async def test_what_is_for_some_of_a_room_is_not_found(store: Store, open_room: OpenRoom) -> None:
    """Also not when it is deleted, nor is anything lost beside it."""
    tea = await open_room("#tea")
    await say(store, tea, "tea one")
    await store.append([Draft(tea, Confided(ANN, "ann", "tea psst", RoomRole.MODERATOR))], 1_001)
    await say(store, tea, "tea two")
    assert await find(store, "tea", tea) == ["tea two", "tea one"]
    await store.append([Draft(tea, Deleted(ANN, "ann", Seq(2), ANN, "ann", to=RoomRole.MODERATOR))], 1_002)
    assert await find(store, "tea", tea) == ["tea two", "tea one"]


async def test_of_the_same_time_the_last_comes_first(store: Store, open_room: OpenRoom) -> None:
    """In one room, also where a clock stood still."""
    tea = await open_room("#tea")
    await store.append([Draft(tea, said(f"cup {number}")) for number in range(3)], 1_000)
    await store.append([Draft(tea, said(f"cup {number}")) for number in range(3, 5)], 1_000)
    assert await find(store, "cup", tea) == ["cup 4", "cup 3", "cup 2", "cup 1", "cup 0"]


async def test_the_best_come_first_where_that_is_wanted(store: Store, open_room: OpenRoom) -> None:
    """In pages, from the same hits on, whatever is said meanwhile; among equals the newest."""
    tea = await open_room("#tea")
    await say(store, tea, "tea", "steam", "teapot", "tea", "milk")
    request = wish("tea order:best", tea, limit=3)
    first = await store.search(request)
    assert [(hit.record.seq, text) for hit, text in zip(first.hits, texts(first), strict=True)] == [
        (4, "tea"),
        (1, "tea"),
        (3, "teapot"),
    ]
    await say(store, tea, "tea tea", start_ms=9_000)
    second = await store.search(replace(request, cursor=first.cursor))
    assert texts(second) == ["steam"]
    assert second.cursor == ""


@pytest.mark.parametrize("cursor", ["x", "1.", "-1", "1e3", "9" * 40, "+", "1+", "+1", "1.2.3.4.5", "٣"])
@pytest.mark.parametrize("order", ["newest", "best"])
async def test_a_cursor_that_no_page_gave_is_no_cursor(
    store: Store, open_room: OpenRoom, cursor: str, order: str
) -> None:
    """Whatever it looks like: it is refused."""
    tea = await open_room("#tea")
    await say(store, tea, "tea")
    with pytest.raises(ValueError):  # noqa: PT011 - the port's own word
        await store.search(replace(wish(f"tea order:{order}", tea), cursor=cursor))


async def test_only_the_rooms_that_are_named_are_looked_through(store: Store, open_room: OpenRoom) -> None:
    """And each only behind the record that is named."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    await say(store, tea, "one cup", "two cups", "three cups")
    await say(store, milk, "a cup of milk")
    assert await find(store, "cup", milk) == ["a cup of milk"]
    request = replace(wish("cup", tea, milk), rooms={tea: Seq(2)})
    assert texts(await store.search(request)) == ["three cups"]
    assert await find(store, "cup") == []
    assert await find(store, "cup", RoomId(99)) == []


async def test_conversations_are_searched_and_nothing_else_is(store: Store) -> None:
    """What was said to one person alone is found there."""
    room = (await store.open_room(RoomKind.DIRECT, direct_key({ANN, BOB}), "")).id
    await say(store, room, "a secret cup")
    assert await find(store, "cup", room) == ["a secret cup"]


async def test_it_is_found_by_who_said_it(store: Store, open_room: OpenRoom) -> None:
    """By who he is, whatever he was called; or by what he was called; never by the name of a nameless one."""
    tea = await open_room("#tea")
    for person, name, text in [(ANN, "ann", "1"), (ANN, "Anna", "2"), (BOB, "bob", "3"), (BOB, "Ann", "4")]:
        await store.append([Draft(tea, Said(person, name, text))], int(text))
    request = wish("-nothing", tea)

    async def by(*authors: Author, **changes: frozenset[PersonId]) -> list[str]:
        return texts(await store.search(replace(request, authors=authors, **changes)))

    assert await by(Author(ANN)) == ["2", "1"]
    assert await by(Author(None, "ann")) == ["4", "1"]
    assert await by(Author(ANN), Author(None, "bob")) == ["3", "2", "1"]
    assert await by(Author(None, "ann"), nameless=frozenset({BOB})) == ["1"]
    assert await by(unheard=frozenset({ANN})) == ["4", "3"]
    assert await by(Author(ANN), unheard=frozenset({ANN})) == []
    assert await by(Author(PersonId("nobody"))) == []


async def test_it_is_found_by_when_it_was_said(store: Store, open_room: OpenRoom) -> None:
    """A day begins and ends at midnight in UTC."""
    tea = await open_room("#tea")
    times = {"eve": DAY_MS - 1, "midnight": DAY_MS, "noon": DAY_MS * 3 // 2, "end": 2 * DAY_MS - 1, "next": 2 * DAY_MS}
    for text, time_ms in times.items():
        await say(store, tea, text, start_ms=time_ms)
    assert await find(store, "before:1970-01-02", tea) == ["eve"]
    assert await find(store, "before:1970-01-03 after:1970-01-01", tea) == ["end", "noon", "midnight"]
    assert await find(store, "after:1970-01-02", tea) == ["next"]
    assert await find(store, "after:9999-01-01", tea) == []
    assert len(await find(store, "before:9999-01-01", tea)) == 5
    assert await find(store, "before:1960-01-01", tea) == []


async def test_clocks_that_went_mad_are_survived(store: Store, open_room: OpenRoom) -> None:
    """What they stamped is found as well."""
    tea = await open_room("#tea")
    for time_ms in (0, 2**42, 2**50, 2**52):
        await say(store, tea, f"cup {time_ms}", start_ms=time_ms)
    assert await find(store, "cup", tea) == [f"cup {time_ms}" for time_ms in (2**52, 2**50, 2**42, 0)]


async def test_it_is_found_by_what_it_has(store: Store, open_room: OpenRoom) -> None:
    """A link; nothing has a file yet."""
    tea = await open_room("#tea")
    await say(store, tea, "see https://example.org/tea", "no tea", "www.example.org")
    assert await find(store, "has:link", tea) == ["www.example.org", "see https://example.org/tea"]
    assert await find(store, "has:link tea", tea) == ["see https://example.org/tea"]
    assert await find(store, "has:file", tea) == []


async def test_it_can_be_looked_for_among_some_messages(store: Store, open_room: OpenRoom) -> None:
    """Pinned ones, for instance: those that are messages, and in the rooms to look in."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    await say(store, tea, "one cup", "two cups", "three cups")
    await store.append([Draft(tea, joined())], 2_000)
    await say(store, milk, "a cup of milk")
    only = tuple((room, Seq(seq)) for room, seq in [(tea, 1), (tea, 3), (tea, 4), (tea, 99), (milk, 1)])
    request = replace(wish("cup", tea, limit=1), only=only)
    first = await store.search(request)
    assert texts(first) == ["three cups"]
    assert texts(await store.search(replace(request, cursor=first.cursor))) == ["one cup"]
    assert texts(await store.search(replace(request, only=()))) == []


async def test_what_is_not_said_is_not_found(store: Store, open_room: OpenRoom) -> None:
    """Comings and goings have words as well."""
    tea = await open_room("#tea")
    await store.append([Draft(tea, joined())], 1_000)
    assert await find(store, "ann", tea) == []
    assert await find(store, "-nothing", tea) == []


@pytest.mark.parametrize("is_indexed", [True, False])
async def test_an_edited_message_is_found_as_it_is_now(store: Store, open_room: OpenRoom, is_indexed: bool) -> None:
    """Never as it was, whenever it was indexed; also when it was edited twice at once."""
    tea = await open_room("#tea")
    await say(store, tea, "green tea", "black tea", "white tea")
    if is_indexed:
        assert len(await find(store, "tea", tea)) == 3
    await store.append([Draft(tea, edited(1, "red wine https://wine.example"))], 5_000)
    await store.append([Draft(tea, edited(2, "brown ale")), Draft(tea, edited(2, "pale ale"))], 5_000)
    assert await find(store, "tea", tea) == ["white tea"]
    assert await find(store, "green", tea) == await find(store, "brown", tea) == []
    assert await find(store, "red has:link", tea) == ["red wine https://wine.example"]
    assert await find(store, "ale", tea) == ["pale ale"]
    await store.append([Draft(tea, edited(1, "green tea"))], 6_000)
    await store.purge()
    assert await find(store, "tea", tea) == ["white tea", "green tea"]
    assert await find(store, "has:link", tea) == []


@pytest.mark.parametrize("is_indexed", [True, False])
async def test_a_deleted_message_is_not_found(store: Store, open_room: OpenRoom, is_indexed: bool) -> None:
    """Whether or not it was found before, in any of its forms; nor by who said it, or what it had."""
    tea = await open_room("#tea")
    await say(store, tea, "green tea https://tea.example", "black tea")
    if is_indexed:
        assert len(await find(store, "tea", tea)) == 2
    await store.append([Draft(tea, edited(1, "red wine https://tea.example"))], 5_000)
    if is_indexed:
        assert len(await find(store, "wine", tea)) == 1
    await store.append([Draft(tea, deleted(1))], 5_000)
    await store.append([Draft(tea, edited(1, "too late"))], 5_000)
    for query in ("wine", "green", "late", "has:link", "-black"):
        assert await find(store, query, tea) == []
    await store.purge()
    assert await find(store, "tea", tea) == ["black tea"]
    await store.erase_messages(tea, 9_000, None)
    assert await find(store, "tea", tea) == []


async def test_what_was_erased_is_not_found(store: Store, open_room: OpenRoom) -> None:
    """Whether or not it had been found before; the others are."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    await say(store, tea, "old cup", "new cup", "newer cup")
    await say(store, milk, "old cup of milk", start_ms=500)
    assert len(await find(store, "cup", tea, milk)) == 4
    await store.erase_messages(tea, 1_001, None)
    assert await find(store, "cup", tea, milk) == ["newer cup", "new cup", "old cup of milk"]
    assert await find(store, "old", tea) == []
    await store.purge()
    await say(store, tea, "newest cup", start_ms=9_000)
    await store.erase_messages(tea, 0, 1)
    assert await find(store, "cup", tea, milk) == ["newest cup", "old cup of milk"]
    await store.purge()
    assert await find(store, "cup", tea, milk) == ["newest cup", "old cup of milk"]


async def test_indexing_ends(store: Store, open_room: OpenRoom, open_store: OpenStore) -> None:
    """A bit at a time, of whatever there is; and a store that was opened later knows how far that was."""
    tea, milk = await open_room("#tea"), await open_room("#milk")
    for number in range(30):
        await store.append([Draft(tea, joined()), Draft(milk, said(f"cup {number}"))], number)
    rounds = 0
    while await (store if rounds % 2 else await open_store()).index(10):
        rounds += 1
        assert rounds < 10
    assert len(await find(store, "cup", tea, milk)) == 30
    assert len(await find(await open_store(), "cup", tea, milk)) == 30


async def test_many_rooms_with_little_in_them(store: Store, open_room: OpenRoom) -> None:
    """Beside one with very much: it makes a difference to how, not to what is found."""
    big = await open_room("#big")
    await store.append([Draft(big, said(f"cup {number} in the big room")) for number in range(500)], 5_000)
    small = [await open_room(f"#small-{number}") for number in range(3)]
    await say(store, small[0], "a small cup")
    await say(store, small[1], "another cup", start_ms=2_000)
    assert await find(store, "cup", *small) == ["another cup", "a small cup"]
    assert await find(store, "-another", *small) == ["a small cup"]
    assert len(await find(store, "cup", big, *small)) == 50


Happening = tuple[int, int, str, str]
"""In which room, when, what was said, and what the store was asked to do then."""

HAPPENINGS: Final = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 5),
        any_text(25),
        st.sampled_from(["", "", "index", "edit", "delete", "erase", "purge"]),
    ),
    max_size=8,
)


@settings(QUICK, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(HAPPENINGS, st.lists(any_text(8), min_size=1, max_size=5))
async def test_all_stores_find_the_same(
    tmp_path_factory: pytest.TempPathFactory, happened: Sequence[Happening], asked: Sequence[str]
) -> None:
    """The one in memory is the measure: it looks at everything, by the law itself."""
    queries = [query for text in asked if (query := understand(text)) is not None]
    path = tmp_path_factory.mktemp("search") / "hubbub.db"
    expected, found = [await live_through(store, happened, queries) for store in (MemoryStore(), sqlite_store(path))]
    assert found == expected


def understand(text: str) -> SearchQuery | None:
    """Return what a query means, if it means anything."""
    try:
        return parse_query(text)
    except Refused:
        return None


async def live_through(
    store: Store, happened: Sequence[Happening], queries: Sequence[SearchQuery]
) -> list[list[tuple[RoomId, Seq]]]:
    """Return what is found after all this, for each query."""
    await store.open()
    rooms = [(await store.open_room(RoomKind.CHANNEL, f"#{number}", "")).id for number in range(3)]
    for room, time_ms, text, step in happened:
        await store.append([Draft(rooms[room], said(text))], time_ms)
        match step:
            case "index":
                await store.index(1)
            case "edit":
                await store.append([Draft(rooms[room], edited(1, text[::-1] or "tea"))], time_ms)
            case "delete":
                await store.append([Draft(rooms[room], deleted(2))], time_ms)
            case "erase":
                await store.erase_messages(rooms[0], 0, 1)
            case "purge":
                await store.purge()
            case _:
                pass
    pages = [await store.search(SearchRequest(query, dict.fromkeys(rooms, START), 50)) for query in queries]
    await store.close()
    return [sorted((hit.record.room, hit.record.seq) for hit in page.hits) for page in pages]
