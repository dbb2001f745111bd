"""`python -m bench.library`: what a store of five million messages in 500 rooms takes, and how quickly it answers.

To make it takes some minutes and gigabytes; `--folder` keeps it for the next time.
"""

import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Final

import click
import msgspec
import uvloop

from bench.contenders import HUBBUB_COMMAND
from bench.library_store import BATCH, PEOPLE, READER, Library, Speech, make_library, read_sizes
from bench.servers import Launcher
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import RoomHead, RoomKind
from hubbub.core.search.query import parse_query
from hubbub.core.unread import NO_THREAD, Stretch
from hubbub.fabrics.local import LocalFabric
from hubbub.server.clock import LoopClock
from hubbub.service.indexing import Indexer
from hubbub.service.ports import Draft, Store
from hubbub.service.rooms import Rooms
from hubbub.service.searching import INDEX_LIMIT, Author, SearchRequest
from hubbub.stores.sql import DATABASE_FILE, Storage, open_storage

SCRATCH: Final = Path("/var/tmp")  # noqa: S108 - each run makes a folder of its own there, under a name nobody can guess
MESSAGES: Final = 5_000_000
ROOMS: Final = 500
ROUNDS: Final = 300
"""Measurements of each kind: so that the third worst is the 99th percentile."""

APPENDED: Final = 60_000
"""Messages appended with search off, and as many with it on."""

APPEND_BATCH: Final = 1_000
"""Messages in one transaction: at such rates about so many come in while the one before is written."""
COMMON: Final = 100
"""So many of the most frequent words are common."""

UNREAD_ROOMS: Final = 100
"""Rooms that somebody is in whose unread messages are counted."""

BEYOND_ALL: Final = 10**9
"""More messages than any room has."""

HITS: Final = 10
"""On the first page."""

Measured = Callable[[], Awaitable[object]]


@click.command()
@click.option("--messages", default=MESSAGES, show_default=True, type=click.IntRange(10_000))
@click.option("--rooms", default=ROOMS, show_default=True, type=click.IntRange(1))
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Keep it there, or use what is there.")
def main(messages: int, rooms: int, folder: Path | None) -> None:
    """Make a large store, and measure it."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) if folder is None else nullcontext(str(folder)) as name:
        uvloop.run(measure(Path(name), messages, rooms))


async def measure(folder: Path, messages: int, rooms: int) -> None:
    """Make the store unless it is there, and print what was measured."""
    data = folder / "data"
    plan = folder / "library.json"
    if plan.exists():
        library = msgspec.json.decode(plan.read_bytes(), type=Library)
    else:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        library = await make_library(data, messages, rooms)
        plan.write_bytes(msgspec.json.encode(library))
    count = sum(head.seq for head in heads_of(data))
    print(f"{count:,} records in {len(library.rooms)} rooms, appended in {library.append_seconds:.0f} s and indexed")
    print(f"in {library.index_seconds:.0f} s, both in batches of {BATCH}\n")
    show_sizes(data / DATABASE_FILE, count)
    show_start(folder)
    storage = open_storage("", data)
    store = storage.store
    await store.open()
    await measure_reading(store, library)
    await measure_unread(storage, library)
    await measure_searching(store, library)
    await measure_appending(store, library)
    await store.close()


def heads_of(data: Path) -> list[RoomHead]:
    """Return what the database says of its rooms."""
    connection = sqlite3.connect(data / DATABASE_FILE)
    rows = connection.execute("SELECT id, kind, key, name, seq FROM rooms WHERE kind = 'channel'").fetchall()
    connection.close()
    return [RoomHead(room, RoomKind(kind), key, name, seq) for room, kind, key, name, seq in rows]


def show_sizes(path: Path, count: int) -> None:
    """Print what the database takes on the disk."""
    sizes = list(read_sizes(path))
    search = sum(size for name, size in sizes if "search" in name)
    total = sum(size for _, size in sizes)
    show("bytes a message", f"{total / count:.0f}, of which {search / count:.0f} to be found")
    for name, size in sizes[:6]:
        show(f"  {name}", f"{size / count:.1f}")


def show_start(folder: Path) -> None:
    """Print how long a server takes until it is ready."""
    launch = Launcher(HUBBUB_COMMAND, folder)
    seconds = []
    for _ in range(3):
        with launch.started(announces=False) as server:
            seconds.append(server.seconds_to_ready)
    show("start, until it is ready", f"{sorted(seconds)[1]:.2f} s", "≤ 2 s")


async def measure_reading(store: Store, library: Library) -> None:
    """Measure a page of history, and coming into a room."""
    dice = random.Random(5)
    heads = {head.id: head.seq for head in await store.list_rooms(RoomKind.CHANNEL)}

    async def page() -> None:
        room = dice.choice(library.rooms).id
        await store.load_messages(room, Seq(dice.randint(1, heads[room])), 50)

    show("a page of history, of 50 messages", await timed(page), "p99 ≤ 5 ms")
    rooms = Rooms(store, LocalFabric(), House())
    left = iter(library.rooms)

    async def join() -> None:
        head = next(left)
        await rooms.open(head.kind, head.key, head.name)

    show("a room that nobody was in", await timed(join, len(library.rooms)), "≤ 10 ms")


async def measure_unread(storage: Storage, library: Library) -> None:
    """Measure counting what somebody has not read who is in some rooms."""
    dice = random.Random(7)
    heads = {head.id: head.seq for head in await storage.store.list_rooms(RoomKind.CHANNEL)}

    async def count(furthest: int, person: PersonId) -> None:
        rooms = dice.sample([head.id for head in library.rooms], min(UNREAD_ROOMS, len(library.rooms)))
        floors = [(room, Seq(max(heads[room] - dice.randint(0, furthest), 0))) for room in rooms]
        asked = [Stretch(room, NO_THREAD, floor, floor) for room, floor in floors]
        await storage.notebook.count(person, (), asked)

    what = f"unread in {UNREAD_ROOMS} rooms"
    show(f"{what}, up to 100 in each", await timed(partial(count, 100, READER)), "≤ 10 ms")
    show(f"{what}, never read", await timed(partial(count, BEYOND_ALL, PersonId("nobody"))), "≤ 10 ms")


async def measure_searching(store: Store, library: Library) -> None:
    """Measure searches by somebody who is in all rooms, and by somebody who is in every tenth."""
    every = [head.id for head in library.rooms]
    for who, rooms in (("in all rooms", every), ("in 50 rooms", every[5::10])):
        print(f"\nsomebody {who} searches for")
        for what, make, goal in searches(library):
            await show_search(store, what, rooms, make, goal)


def searches(library: Library) -> list[tuple[str, Callable[[], str], str]]:
    """Return what is searched for: what that is called, how it is made, and how quickly it has to be found."""
    dice = random.Random(6)
    rare, common = rare_words(library), library.words[:COMMON]
    middle = [word for word in library.words[COMMON : 50 * COMMON] if len(word) > 2]  # noqa: PLR2004 - parts have three
    return [
        ("a common word, or part of a word", lambda: dice.choice(common), "p99 ≤ 100 ms"),
        ("a rare word", lambda: dice.choice(rare), "p99 ≤ 20 ms"),
        ("a common whole word", lambda: f'"{dice.choice(common)}"', ""),
        ("a phrase of two common words", lambda: f'"{dice.choice(common)} {dice.choice(common)}"', ""),
        ("two words", lambda: f"{dice.choice(common)} {dice.choice(middle)}", ""),
        ("three letters", lambda: dice.choice(middle)[:3], ""),
        ("a common word, best first", lambda: f"{dice.choice(common)} order:best", ""),
        ("a common word from somebody", lambda: f"{dice.choice(common)} from:person{dice.randrange(PEOPLE)}", ""),
        ("nothing that was said", lambda: "zzzzyx", ""),
    ]


def rare_words(library: Library) -> list[str]:
    """Return words that are there, and in few messages."""
    return list(library.words[-len(library.words) // 4 :])


async def show_search(
    store: Store, what: str, rooms: Sequence[RoomId], make: Callable[[], str], goal: str = ""
) -> None:
    """Measure searches, and print a line."""

    async def search() -> int:
        query = parse_query(make())
        authors = tuple(Author(None, name) for name in query.authors)
        request = SearchRequest(query, dict.fromkeys(rooms, Seq(0)), HITS, query.order or "newest", authors=authors)
        return len((await store.search(request)).hits)

    show(f"  {what}", await timed(search), goal)


async def measure_appending(store: Store, library: Library) -> None:
    """Measure appending, first alone and then while the node's indexer works, with its rests."""
    speech, ids = Speech(APPENDED), [head.id for head in library.rooms]

    async def append(step: Callable[[], None]) -> float:
        batches = [
            [Draft(room, speech.said()) for room in speech.rooms(ids, APPEND_BATCH)]
            for _ in range(APPENDED // APPEND_BATCH)
        ]
        began = time.perf_counter()
        for batch in batches:
            await store.append(batch, int(time.time() * 1_000))
            step()
        return time.perf_counter() - began

    show(f"\nappended in batches of {APPEND_BATCH}, search off", f"{APPENDED / await append(lambda: None):,.0f} /s")
    while await store.index(BATCH):
        pass
    indexer = Indexer(store, LoopClock(asyncio.get_running_loop()))
    indexing = asyncio.create_task(indexer.run())
    appended = await append(lambda: indexer.notice(dict.fromkeys(ids, Seq(BEYOND_ALL))))
    show("  search on", f"{APPENDED / appended:,.0f} /s", "≥ 10 000 /s")
    began = time.perf_counter()
    while await store.index(INDEX_LIMIT):
        pass
    indexed = appended + time.perf_counter() - began
    show("  until all of it is indexed", f"{APPENDED / indexed:,.0f} /s")
    indexing.cancel()
    await asyncio.gather(indexing, return_exceptions=True)


async def timed(measured: Measured, rounds: int = ROUNDS) -> str:
    """Return the median and the 99th percentile of what something takes."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        await measured()
        taken.append(time.perf_counter() - began)
    steps = quantiles(taken, n=100)
    return f"p50 {steps[49] * 1e3:.1f}, p99 {steps[98] * 1e3:.1f} ms"


def show(what: str, value: str, goal: str = "") -> None:
    """Print a line."""
    print(f"{what:44}{value:>28}   {goal}", flush=True)


if __name__ == "__main__":
    main()
