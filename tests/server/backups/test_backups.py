"""A backup holds everything, and what is not whole is never restored."""

import os
import random
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from hubbub.core.room import RoomKind
from hubbub.server.backups import contents
from hubbub.server.backups.contents import About, pack, unpack
from hubbub.server.backups.describing import describe
from hubbub.server.backups.members import BrokenBackup
from hubbub.server.backups.restoring import SETTINGS_THEN
from hubbub.server.errors import StartError
from hubbub.server.folder import LOCK_FILE, STAGING, lock_folder, require_restored
from hubbub.service.own_secrets import OWN
from tests.cli.filling import fill, messages_in
from tests.server.backups.backups import ANN, EVENTS, Change, check, forge, restore, take


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give data in which something happened in #tea, and something small lies about."""
    folder = tmp_path / "data"
    folder.mkdir()
    fill(folder, "#tea", *EVENTS)
    fill(folder, "p1 p2", EVENTS[1], kind=RoomKind.DIRECT)
    (folder / "self-signed.pem").write_text("a key")
    (folder / "ssh-host-ed25519.key").write_text("another key")
    return folder


@pytest.fixture
def backup(data: Path) -> bytes:
    """Take a backup of it."""
    return take(data)


def left_in(folder: Path) -> set[str]:
    """Return what is in a folder, whose lock does not matter."""
    return {path.name for path in folder.iterdir()} - {LOCK_FILE}


def test_what_was_kept_comes_back(data: Path, backup: bytes, tmp_path: Path) -> None:
    """Rooms, records and the certificate are as they were, for their owner alone, and nothing else is there."""
    restored = tmp_path / "below" / "restored"
    restore(backup, restored)
    assert left_in(restored) == {"hubbub.db", "self-signed.pem", "ssh-host-ed25519.key", SETTINGS_THEN}
    modes = {stat.S_IMODE(path.stat().st_mode) for path in restored.iterdir()}
    assert (modes, stat.S_IMODE(restored.stat().st_mode)) == ({0o600}, 0o700)
    assert (restored / "self-signed.pem").read_text() == "a key"
    assert (restored / "ssh-host-ed25519.key").read_text() == "another key"
    assert (restored / SETTINGS_THEN).read_text() == "# settings\n"
    assert messages_in(restored, "#tea") == messages_in(data, "#tea") != []
    assert messages_in(restored, "p1 p2", RoomKind.DIRECT) == messages_in(data, "p1 p2", RoomKind.DIRECT) != []
    assert check(take(restored)).manifest.tables == check(backup).manifest.tables


def test_rooms_are_numbered_on(data: Path, tmp_path: Path) -> None:
    """A new room gets the number that it would have got, not that of one which is gone: it stands in links for ever."""
    gone = fill(data, "#gone")
    with closing(sqlite3.connect(data / "hubbub.db")) as raw, raw:
        raw.execute("DELETE FROM rooms WHERE id = ?", [gone])
    restore(take(data), tmp_path / "restored")
    assert fill(tmp_path / "restored", "#new") == fill(data, "#new") == gone + 1


def test_an_empty_folder_is_filled(backup: bytes, tmp_path: Path) -> None:
    """It may be a volume that is there already, with what its file system keeps there."""
    folder = tmp_path / "volume"
    (folder / "lost+found").mkdir(parents=True)
    restore(backup, folder)
    assert (folder / "hubbub.db").exists()


@pytest.mark.parametrize("name", ["hubbub.db", "self-signed.pem", "notes.txt"])
def test_nothing_is_overwritten(backup: bytes, tmp_path: Path, name: str) -> None:
    """A folder in which anything is stays as it is."""
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / name).write_text("mine")
    with pytest.raises(StartError, match=f"not empty: there is {name}"):
        restore(backup, folder)
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).read_text() == "mine"


def test_a_running_servers_folder_is_refused(backup: bytes, tmp_path: Path) -> None:
    """A server that has just made its folder is not robbed of it."""
    lock = lock_folder(tmp_path / "busy")
    (tmp_path / "busy" / "hubbub.db").touch()
    with pytest.raises(StartError, match=f"in use by another hubbub .process {os.getpid()}"):
        restore(backup, tmp_path / "busy")
    (tmp_path / "busy" / "hubbub.db").unlink()
    os.close(lock)
    restore(backup, tmp_path / "busy")


def test_a_server_does_not_start_on_half_a_restore(backup: bytes, tmp_path: Path) -> None:
    """What a restore that was killed has left keeps servers out, and the next restore clears it away."""
    folder = tmp_path / "half"
    (folder / STAGING).mkdir(parents=True)
    (folder / STAGING / "hubbub.db").write_text("half")
    with pytest.raises(StartError, match="was not finished"):
        require_restored(folder)
    restore(backup, folder)
    require_restored(folder)
    assert (folder / "hubbub.db").read_bytes().startswith(b"SQLite")


def test_any_change_is_noticed(backup: bytes, tmp_path: Path) -> None:
    """A bit that flips anywhere, in every block, is told in a sentence; then nothing is restored."""
    for place in range(0, len(backup), 97):
        changed = bytearray(backup)
        changed[place] ^= 1 << random.randrange(8)
        with pytest.raises(BrokenBackup) as broken:
            check(bytes(changed))
        assert str(broken.value).endswith(".")
    changed = bytearray(backup)
    changed[-2_000] ^= 1
    folder = tmp_path / "none"
    with pytest.raises(BrokenBackup):
        restore(bytes(changed), folder)
    assert not folder.exists()
    folder.mkdir()
    with pytest.raises(BrokenBackup):
        restore(bytes(changed), folder)
    assert list(folder.iterdir()) == []


def test_what_is_cut_off_is_noticed(backup: bytes, tmp_path: Path) -> None:
    """A backup that ends too early, as one does whose disk was full, is told so; then nothing is restored."""
    for length in range(0, len(backup), 511):
        with pytest.raises(BrokenBackup, match=r"cut off|empty"):
            check(backup[:length])
    with pytest.raises(BrokenBackup, match="cut off"):
        restore(backup[:-1], tmp_path / "none")
    assert not (tmp_path / "none").exists()


def rows_changed(name: str, old: bytes, new: bytes) -> Change:
    """Return a change of the rows of a table."""

    def change(member: str, content: bytes) -> bytes:
        if not member.startswith(f"tables/{name}/"):
            return content
        lines = unpack(content)
        assert old in lines
        return pack(lines.replace(old, new))

    return change


def about_changed(**fields: object) -> Change:
    """Return a change of what a backup says of itself."""

    def change(member: str, content: bytes) -> bytes:
        if member != contents.ABOUT:
            return content
        return msgspec.json.encode(msgspec.json.decode(content) | fields)

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (about_changed(hubbub_backup=2), "made by a newer hubbub, in a way"),
        (about_changed(hubbub_backup=2, more={"than": ["known"]}), "made by a newer hubbub, in a way"),
        (about_changed(tables="9999"), "made by a newer hubbub .*tables of version 9999"),
        (about_changed(tables="../x"), "made by a newer hubbub"),
        (about_changed(counters=None), "about.json in the backup makes no sense"),
        (rows_changed("rooms", b'"#tea"', b"1"), "table rooms in the backup is wrong: a row is not what"),
        (rows_changed("records", b"\n[1,5,", b"\n[1,6,"), "damaged: The record 5 of room 1 is missing"),
        (rows_changed("records", b"[2,1,", b"[9,1,"), "damaged: The last record of room 2 is 0, and should be 1"),
        (rows_changed("records", b"[1,1,", b"[0,1,"), "damaged: There are records of room 0, and no such room"),
        (rows_changed("records", b'"{', b'"['), "makes no sense"),
        (rows_changed("records", b"\n[1,5,", b"\n[1,4,"), "twice, or not in order"),
        (rows_changed("rooms", b",5]", b",6]"), "damaged: The last record of room 1 is 5, and should be 6"),
        (rows_changed("rooms", b"\n", b"\n\n"), "a row is not what it should be"),
        (rows_changed("records", b"helo", b"hell"), "the table records is not what it was"),
        (
            lambda name, it: None if name.startswith("tables/records") else it,
            "damaged: The last record of room 1 is 0, and should be 5",
        ),
        (lambda name, it: None if name.startswith("folder/") else it, "damaged"),
        (lambda name, it: None if name == "about.json" else it, "This is no backup"),
        (lambda name, it: b"{}" if name == "manifest.json" else it, "damaged"),
    ],
)
def test_what_makes_no_sense_is_refused(backup: bytes, tmp_path: Path, change: Change, words: str) -> None:
    """Whatever somebody has written into a backup, with all its checksums: a server could not live on it."""
    forged = forge(backup, change)
    with pytest.raises(BrokenBackup, match=words):
        check(forged)
    with pytest.raises(BrokenBackup, match=words):
        restore(forged, tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_forgery_without_changes_is_a_backup(backup: bytes) -> None:
    """What the tests above do to a backup is not what makes it bad."""
    assert check(forge(backup, lambda _, content: content)).manifest.tables == check(backup).manifest.tables


def test_there_has_to_be_something(tmp_path: Path) -> None:
    """Where no server has been, there is nothing to keep, and nothing is made."""
    with pytest.raises(StartError, match="There is no data in"):
        take(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "hubbub.db").write_text("Dear diary, " * 1_000)
    with pytest.raises(StartError, match="is not a database of hubbub"):
        take(tmp_path)


def test_what_a_backup_says_of_itself(backup: bytes) -> None:
    """It begins with what it is, for people who find it years later, and says that it is secret."""
    about = check(backup).about
    assert isinstance(about, About)
    assert (about.hubbub_backup, about.database) == (1, "sqlite")
    assert "Keep this as you keep your keys" in backup[:1_024].decode()


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("DELETE FROM records WHERE room = 1 AND seq = 2", "The record 2 of room 1 is missing."),
        ("DELETE FROM records WHERE room = 1 AND seq = 5", "The last record of room 1 is 4, and should be 5."),
        ("DELETE FROM rooms WHERE id = 2", "There are records of room 2, and no such room."),
        ("UPDATE records SET body = '{}' WHERE room = 1 AND seq = 2", "The record 2 of room 1 makes no sense"),
    ],
)
def test_what_was_not_in_order_comes_back_as_it_was(data: Path, tmp_path: Path, damage: str, fault: str) -> None:
    """A backup of a database that has suffered says so, and is better than none."""
    with closing(sqlite3.connect(data / "hubbub.db")) as raw, raw:
        raw.execute(damage)
    backup = take(data)
    (noted,) = check(backup).manifest.faults
    assert noted.startswith(fault)
    restore(backup, tmp_path / "restored")
    assert check(take(tmp_path / "restored")).manifest.tables == check(backup).manifest.tables


def test_only_peoples_passwords_are_counted(data: Path) -> None:
    """The server's own secrets are kept with them, and are nobody's."""
    assert "0 passwords" in describe(check(take(data)).manifest)
    row = (b"salt", 4_096, b"stored", b"server")
    with closing(sqlite3.connect(data / "hubbub.db")) as database, database:
        for account, password in (*((own, "") for own in OWN), (ANN, "$argon2id$")):
            database.execute("INSERT INTO credentials VALUES (?, ?, ?, ?, ?, ?)", (account, password, *row))
    assert "1 password," in describe(check(take(data)).manifest)
