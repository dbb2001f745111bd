"""What the doctor finds in a database: everything that is wrong with it, and how bad that is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId
from hubbub.server.doctor.databases import Examined, examine_database
from hubbub.service.ports import StoreUnusable
from hubbub.stores.sql import open_storage
from hubbub.stores.visiting import read_file, read_server
from tests.cli.filling import fill
from tests.stores.postgres_server import PostgresServer, running_postgres


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give data in which ten things were said in each of two rooms."""
    for room in ("#tea", "#milk"):
        fill(tmp_path, room, *(Said(PersonId("p1"), "ann", str(number)) for number in range(10)), time_ms=5_000)
    return tmp_path


def examine(data: Path, *, thoroughly: bool = True) -> Examined:
    """Look at a database in a folder."""
    return read_file(data / "hubbub.db", lambda it: examine_database(it, thoroughly=thoroughly))


def worst(examined: Examined) -> list[str]:
    """Return what is no good."""
    return [finding.what for finding in examined.findings if finding.level != "ok"]


def test_a_good_one(data: Path) -> None:
    """Its version, itself and its rows are as they should be, and it tells when something was said last."""
    for thoroughly in (False, True):
        examined = examine(data, thoroughly=thoroughly)
        assert [finding.level for finding in examined.findings] == ["ok", "ok", "ok"]
        assert examined.findings[-1].what == "2 rooms and 20 records agree with each other."
        assert examined.last_record_ms == 5_000


@pytest.mark.parametrize(
    ("damage", "is_quick", "words"),
    [
        ("DELETE FROM records WHERE room = 1 AND seq = 10", True, "rooms whose last record is missing: #tea."),
        ("UPDATE rooms SET seq = 9 WHERE id = 2", True, "rooms with records behind their last one: #milk."),
        ("INSERT INTO snapshots VALUES (1, 11, x'00')", True, "state is from later than their records: #tea."),
        ("INSERT INTO memberships VALUES ('p1', 7)", True, "memberships in rooms that are not there: p1."),
        ("DELETE FROM records WHERE room = 1 AND seq = 3", False, "rooms with records missing: #tea."),
        ("DELETE FROM rooms WHERE id = 2", False, "records of rooms that are not there: 2."),
        ("INSERT INTO notes VALUES (1, 99, '{}')", False, "notes on messages that are not there: 1."),
    ],
)
def test_rows_that_do_not_agree(data: Path, damage: str, is_quick: bool, words: str) -> None:
    """Each is told with where it is; what takes a while is looked for where that is asked for."""
    with closing(sqlite3.connect(data / "hubbub.db")) as raw, raw:
        raw.execute(damage)
    assert worst(examine(data))[0].endswith(words)
    assert bool(worst(examine(data, thoroughly=False))) == is_quick


def test_pages_that_are_damaged(data: Path) -> None:
    """SQLite says where, and each fault is a problem."""
    path = data / "hubbub.db"
    with closing(sqlite3.connect(path)) as raw:
        ((root,),) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'records_messages'").fetchall()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4_096 + 8)
        file.write(b"\xff" * 64)
    findings = [finding for finding in examine(data).findings if finding.level == "problem"]
    assert findings
    assert all(
        "The database file is damaged" in finding.what and "hubbub restore" in finding.remedy for finding in findings
    )


def test_versions(data: Path) -> None:
    """An older one is brought up to date by the next start; a newer one is a problem."""
    for version, level in (("0004", "ok"), ("9999", "problem")):
        with closing(sqlite3.connect(data / "hubbub.db")) as raw, raw:
            raw.execute("UPDATE alembic_version SET version_num = ?", [version])
        assert examine(data).findings[0].level == level


def test_what_is_none(tmp_path: Path) -> None:
    """A file of something else, and one that holds nothing, are refused in a sentence."""
    (tmp_path / "hubbub.db").write_text("Dear diary, " * 1_000)
    with pytest.raises(StoreUnusable, match="is not a database of hubbub"):
        examine(tmp_path)
    (tmp_path / "hubbub.db").write_text("")
    with pytest.raises(StoreUnusable, match="holds nothing of hubbub"):
        examine(tmp_path)


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    """Run a PostgreSQL server for all tests."""
    with running_postgres() as server:
        yield server


async def test_postgresql(postgres: PostgresServer, tmp_path: Path) -> None:
    """The server's version is told, and what could lose what was said: this one is set to, for the tests."""
    url = postgres.url(await postgres.empty_database())
    store = open_storage(url, tmp_path).store
    await store.open()
    await store.close()
    examined = await read_server(url, lambda it: examine_database(it, thoroughly=True))
    assert [finding.level for finding in examined.findings] == ["ok", "ok", "warning", "ok"]
    assert "answers" in examined.findings[1].what
    assert "fsync = off" in examined.findings[2].what


def test_nothing_is_changed(data: Path) -> None:
    """Reading leaves every byte as it is."""
    before = (data / "hubbub.db").read_bytes()
    examine(data)
    assert (data / "hubbub.db").read_bytes() == before
