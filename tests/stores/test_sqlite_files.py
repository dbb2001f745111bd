"""A SQLite store makes its files where it is told, for its own user alone, and says what is wrong when it cannot."""

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hubbub.core.room import RoomKind
from hubbub.service.ports import StoreUnusable
from hubbub.stores.sql import open_storage
from hubbub.stores.sqlite_file import prepare
from tests.stores.places import sqlite_store

NOBODY = 65534
"""An unprivileged user: https://wiki.debian.org/SystemGroups."""


DIARY = "Dear diary, " * 1000


async def open_and_close(path: Path, patience_seconds: float = 5) -> None:
    """Open a store as a starting server does, and close it again."""
    store = sqlite_store(path, patience_seconds)
    await store.open()
    await store.close()


@contextmanager
def unprivileged() -> Iterator[None]:
    """Give up root's rights for a while, to which nothing is unwritable."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Make a folder that everybody may enter, unlike pytest's."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def generous_umask() -> Iterator[None]:
    """Let new files be everybody's, as far as they themselves do not object."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("generous_umask")
async def test_only_the_servers_user_can_read_the_files(tmp_path: Path) -> None:
    """A new data folder and every file in it are closed to others, whatever the user's umask."""
    store = open_storage("", tmp_path / "data").store
    await store.open()
    await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    await store.close()
    assert modes == {"hubbub.db": 0o600, "hubbub.db-wal": 0o600, "hubbub.db-shm": 0o600}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


async def test_closing_leaves_one_file(sqlite_path: Path) -> None:
    """After a clean stop, everything is in the one file, which may be copied."""
    await open_and_close(sqlite_path)
    assert [path.name for path in sqlite_path.parent.iterdir()] == [sqlite_path.name]


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A data folder below something that is no folder is refused by its name."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnusable, match=r"file/data/hubbub.db cannot be written \(Not a directory\)\. Give"):
        await open_and_close(tmp_path / "file" / "data" / "hubbub.db")


async def test_a_folder_that_may_not_be_written(open_folder: Path) -> None:
    """A data folder that belongs to somebody else is refused by its name."""
    open_folder.chmod(0o555)
    with (
        unprivileged(),
        pytest.raises(StoreUnusable, match=r"hubbub.db cannot be written \(Permission denied\)\. Give"),
    ):
        await open_and_close(open_folder / "hubbub.db")


async def test_a_file_that_may_not_be_written(open_folder: Path) -> None:
    """A database that may only be read is refused by its name."""
    path = open_folder / "hubbub.db"
    await open_and_close(path)
    path.chmod(0o444)
    with (
        unprivileged(),
        pytest.raises(StoreUnusable, match=r"hubbub.db cannot be written \(Permission denied\)\. Give"),
    ):
        await open_and_close(path)


async def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    """A folder that has the database's name is refused."""
    (tmp_path / "hubbub.db").mkdir()
    with pytest.raises(StoreUnusable, match=r"hubbub.db cannot be written \(Is a directory\)"):
        await open_and_close(tmp_path / "hubbub.db")


async def test_a_file_that_is_no_database(sqlite_path: Path) -> None:
    """A file of another kind is refused and left as it is."""
    sqlite_path.parent.mkdir()
    sqlite_path.write_text(DIARY)
    with pytest.raises(StoreUnusable, match=r"hubbub.db is not a database of hubbub\. Move it away"):
        await open_and_close(sqlite_path)
    assert sqlite_path.read_text() == DIARY


async def test_a_damaged_database(sqlite_path: Path) -> None:
    """A database whose table of contents is unreadable is refused."""
    await open_and_close(sqlite_path)
    with sqlite_path.open("r+b") as file:
        file.seek(100)  # the header stays; https://sqlite.org/fileformat.html
        file.write(b"\xff" * 3996)
    with pytest.raises(StoreUnusable, match=r"hubbub.db is damaged\. Restore a backup"):
        await open_and_close(sqlite_path)


def test_two_servers_that_start_at_once(sqlite_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that finds another one in the middle of its first start waits for that, though SQLite would not."""
    sqlite_path.parent.mkdir()
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        # In place of the pause before the second attempt, the other one gets ready.
        monkeypatch.setattr("time.sleep", lambda _: other.execute("ROLLBACK"))
        prepare(sqlite_path, patience_seconds=5)
        assert not other.in_transaction


async def test_a_database_locked_by_another_program(sqlite_path: Path) -> None:
    """A database that another program holds for longer than the store is patient is refused."""
    sqlite_path.parent.mkdir()
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnusable, match=r"hubbub.db is locked by another program\. Stop"):
            await open_and_close(sqlite_path, patience_seconds=0.05)
        other.execute("ROLLBACK")
    await open_and_close(sqlite_path)
