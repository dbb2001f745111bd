"""`python -m bench.store`: what it costs to keep and find messages, without a server around it.

Beside the store stands bare `sqlite3` on the same tables, called on the loop itself, which no server could afford: what
the store costs above it is the price of not stopping everybody else while the disk works. Times include the disk's.
"""

import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

import click
import uvloop

from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.room import RoomKind
from hubbub.service.ports import Draft, Store
from hubbub.stores.memory import MemoryStore
from hubbub.stores.sql import DATABASE_FILE, open_storage
from hubbub.stores.sqlite_file import connect
from hubbub.wire.records import encode_event

SCRATCH: Final = Path("/var/tmp")  # noqa: S108 - each run makes a folder of its own there, under a name nobody can guess
"""Where databases are made: on a disk, as a rule, where `/tmp` may be memory, which syncs for nothing."""

EVENT: Final = Said(PersonId("p-0123456789"), "alice", "x" * 60)

WARM_UP: Final = 0.2
"""How much of each measurement is done before it counts: until then, SQLite's log still grows."""

Append = Callable[[Sequence[Draft]], Awaitable[object]]


class Load(NamedTuple):
    """How many messages are appended, and how."""

    title: str
    batch: int
    rooms: int
    appends: int


LOADS: Final = (
    Load("one message an append", batch=1, rooms=1, appends=3000),
    Load("200 an append, in 40 rooms", batch=200, rooms=40, appends=150),
    Load("1 000 an append, in one room", batch=1000, rooms=1, appends=60),
    Load("1 000 an append, in 40 rooms", batch=1000, rooms=40, appends=60),
)


class Cost(NamedTuple):
    """What one thing takes, in microseconds: of the processor, in this process, and of the clock."""

    cpu_us: float
    wall_us: float


@click.command()
@click.option("--database", default="", metavar="URL", help="A PostgreSQL database that may be filled, too.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 100), help="Runs; the median is shown.")
def main(database: str, rounds: int) -> None:
    """Measure stores, and print a table."""
    print(f"{'':34}{'CPU, µs':>10}{'time, µs':>10}{'a second':>12}   each message")
    for load in LOADS:
        print(load.title)
        show("bare sqlite3, on the loop", [uvloop.run(bare(load)) for _ in range(rounds)])
        show("SQLite", [uvloop.run(on_sqlite(load)) for _ in range(rounds)])
        show("in memory", [uvloop.run(in_store(MemoryStore(), load)) for _ in range(rounds)])
        if database:
            show(
                "PostgreSQL", [uvloop.run(in_store(open_storage(database, SCRATCH).store, load)) for _ in range(rounds)]
            )
    print("the last 20 messages of a room")
    show("SQLite", [uvloop.run(on_sqlite(None)) for _ in range(rounds)])


def show(title: str, costs: Sequence[Cost]) -> None:
    """Print a line of the table."""
    cpu_us, wall_us = (median(values) for values in zip(*costs, strict=True))
    print(f"  {title:32}{cpu_us:10.1f}{wall_us:10.1f}{1e6 / wall_us:12,.0f}")


async def on_sqlite(load: Load | None) -> Cost:
    """Measure appends, or reading without a load, in a new file."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        store = open_storage("", Path(folder)).store
        return await (in_store(store, load) if load else reading(store))


async def in_store(store: Store, load: Load) -> Cost:
    """Measure appends to a store."""
    await store.open()
    rooms = await make_rooms(store, load.rooms)
    cost = await measure(lambda drafts: store.append(drafts, 1_700_000_000_000), rooms, load)
    await store.close()
    return cost


async def reading(store: Store) -> Cost:
    """Measure what a newcomer is shown."""
    await store.open()
    (room,) = await make_rooms(store, 1)
    await store.append([Draft(room, EVENT)] * 1000, 1_700_000_000_000)
    count = 2000
    began = time.process_time(), time.perf_counter()
    for _ in range(count):
        await store.load_messages(room, None, 20)
    cost = cost_since(began, count)
    await store.close()
    return cost


async def bare(load: Load) -> Cost:
    """Measure the same statements in the same kind of transaction, with nothing around them."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        store = open_storage("", Path(folder)).store
        await store.open()
        rooms = await make_rooms(store, load.rooms)
        await store.close()
        connection = connect(Path(folder) / DATABASE_FILE, patience_seconds=5)

        async def append(drafts: Sequence[Draft]) -> None:
            append_bare(connection, drafts)

        cost = await measure(append, rooms, load)
        connection.close()
        return cost


def append_bare(connection: sqlite3.Connection, drafts: Sequence[Draft]) -> None:
    """Do what an append does, without promising anything when it fails."""
    connection.execute("BEGIN IMMEDIATE")
    heads: dict[RoomId, int] = dict(connection.execute("SELECT id, seq FROM rooms").fetchall())
    rows = []
    for room, event in ((draft.room, draft.event) for draft in drafts):
        seq = heads[room] = heads[room] + 1
        rows.append((room, seq, 1_700_000_000_000, seq, encode_event(event).decode()))
    changed = [(heads[room], room) for room in {draft.room for draft in drafts}]
    connection.executemany("UPDATE rooms SET seq = ? WHERE id = ?", changed)
    connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")


async def make_rooms(store: Store, count: int) -> list[RoomId]:
    """Open that many rooms."""
    return [(await store.open_room(RoomKind.CHANNEL, f"#{number}", f"#{number}")).id for number in range(count)]


async def measure(append: Append, rooms: Sequence[RoomId], load: Load) -> Cost:
    """Append everything, one append after another."""
    drafts = [Draft(rooms[number % len(rooms)], EVENT) for number in range(load.batch)]
    for _ in range(round(load.appends * WARM_UP)):
        await append(drafts)
    began = time.process_time(), time.perf_counter()
    for _ in range(load.appends):
        await append(drafts)
    return cost_since(began, load.appends * load.batch)


def cost_since(began: tuple[float, float], count: int) -> Cost:
    """Return what each of `count` things has cost since then."""
    cpu, wall = began
    return Cost((time.process_time() - cpu) / count * 1e6, (time.perf_counter() - wall) / count * 1e6)


if __name__ == "__main__":
    main()
