"""What a store in a database has acknowledged is there for ever, whatever happens to the program."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import islice
from pathlib import Path

from hubbub.core.features.messages import Said
from hubbub.core.kinds import Seq
from hubbub.core.room import RoomKind
from hubbub.stores.sql import SqlStore
from hubbub.stores.sqlite_file import connect
from tests.harness.processes import marked_environment
from tests.stores.places import database_of

HERE = Path(__file__).parents[2]


def acknowledged_until_killed(address: str, lines: int) -> list[str]:
    """Run the appender, kill it after so many lines, and return all whole lines that it printed."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.stores.appender", address],
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE,
        env=marked_environment(),
    ) as process:
        assert process.stdout is not None
        printed = list(islice(process.stdout, lines))
        process.kill()
        printed += process.stdout
    assert len(printed) >= lines
    return [line.rstrip("\n") for line in printed if line.endswith("\n")]


async def test_acknowledged_records_survive_sigkill(address: str) -> None:
    """A program is killed with SIGKILL while it appends, twice: all that it was told is kept is there, in its place.

    What was being appended when it died is there as a whole or not at all, and numbering has no gap.
    """
    acknowledged = [line for _ in range(2) for line in acknowledged_until_killed(address, 150)]
    store = SqlStore(database_of(address))
    await store.open()
    head = await store.find_room(RoomKind.CHANNEL, "#tea")
    assert head is not None
    records = await store.load_records(head.id, Seq(0), 1_000_000)
    await store.close()

    events = [record.event for record in records]
    texts = [event.text for event in events if isinstance(event, Said)]
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert head.seq == len(records)
    assert set(acknowledged) <= {f"{seq} {text}" for seq, text in enumerate(texts, start=1)}
    assert [text.rpartition("/")[2] for text in texts] == ["0", "1", "2"] * (len(records) // 3)


def test_sqlite_writes_every_commit_through_to_the_disk(sqlite_path: Path) -> None:
    """Each connection asks for the one setting under which a commit in WAL mode survives a power cut."""
    sqlite_path.parent.mkdir()
    with closing(connect(sqlite_path, patience_seconds=1)) as connection:
        (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    assert synchronous == 2, "FULL, https://sqlite.org/pragma.html#pragma_synchronous"


async def test_sqlite_has_a_write_ahead_log(sqlite_path: Path) -> None:
    """The database is in WAL mode, where those who read and the one who writes do not wait for each other."""
    store = SqlStore(database_of(str(sqlite_path)))
    await store.open()
    await store.close()
    with closing(sqlite3.connect(sqlite_path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
