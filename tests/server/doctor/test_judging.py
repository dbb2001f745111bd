"""What the doctor makes of what there is: each thing that may be wrong is told, and what is right is not."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hubbub.core.limits import Limits
from hubbub.server.certificate import Certificate
from hubbub.server.config import PeopleSettings, Settings, TlsSettings
from hubbub.server.doctor.certificates import judge_dates, judge_key, judge_name
from hubbub.server.doctor.clocks import EARLIEST, Times, judge_clock
from hubbub.server.doctor.configuring import look_at_settings
from hubbub.server.doctor.databases import LARGE_LOG_BYTES, judge_log
from hubbub.server.doctor.disks import Disk, find_file_system, judge_disk
from hubbub.server.doctor.findings import Level
from hubbub.server.doctor.folders import look_at_folder
from hubbub.server.doctor.machines import available_memory, judge_files, judge_memory
from hubbub.server.folder import STAGING
from hubbub.server.settings_sources import Choices, Effective, load_settings

NOW = EARLIEST + 1_000_000
FOLDER = Path("/data")


@pytest.mark.parametrize(
    ("times", "level", "words"),
    [
        (Times(NOW, 1, 1, NOW, NOW), "ok", "nothing here is from later"),
        (Times(NOW, 1, 1, NOW + 59, NOW + 59), "ok", ""),
        (Times(0, 1, 1, 0, 0), "problem", "The clock says 1970-01-01"),
        (Times(NOW, 1, 1, NOW, NOW + 3_600), "problem", "something was said at"),
        (Times(NOW, 1, 1, NOW + 3_600, NOW), "warning", "a file in the data folder is from later"),
        (Times(NOW, 4_000, 1, NOW, NOW), "warning", "jumped"),
        (Times(NOW, -60, 1, NOW, NOW), "warning", "jumped"),
    ],
)
def test_the_clock(times: Times, level: Level, words: str) -> None:
    """It cannot be before hubbub, nor before what was written by it, nor jump."""
    (finding,) = judge_clock(times)
    assert (finding.level, bool(finding.remedy)) == (level, level != "ok")
    assert words in finding.what


@pytest.mark.parametrize(
    ("disk", "has_database", "levels"),
    [
        (Disk(10**12, 10**6, is_read_only=False, file_system="ext4"), True, ["ok"]),
        (Disk(10**12, None, is_read_only=False, file_system=""), True, ["ok"]),
        (Disk(5 * 10**8, 10**6, is_read_only=False, file_system="ext4"), True, ["warning"]),
        (Disk(5 * 10**7, 10**6, is_read_only=False, file_system="ext4"), True, ["problem"]),
        (Disk(10**12, 9, is_read_only=False, file_system="ext4"), True, ["ok", "warning"]),
        (Disk(10**12, 10**6, is_read_only=True, file_system="ext4"), True, ["problem", "ok"]),
        (Disk(10**12, 10**6, is_read_only=False, file_system="nfs4"), True, ["ok", "problem"]),
        (Disk(10**12, 10**6, is_read_only=False, file_system="nfs4"), False, ["ok"]),
    ],
)
def test_the_disk(disk: Disk, has_database: bool, levels: list[Level]) -> None:
    """Room, files, and whether it can be written; SQLite also needs one of this machine."""
    assert [finding.level for finding in judge_disk(disk, FOLDER, has_database=has_database)] == levels


def test_the_file_system_is_that_of_the_nearest_mount() -> None:
    """The last one counts where one hides another; names may hold spaces."""
    mounts = (
        "/dev/a / ext4 rw 0 0\nproc /proc proc rw 0 0\nhost:/x /data nfs4 rw 0 0\n/dev/b /data xfs rw 0 0\n"
        r"/dev/c /my\040data btrfs rw 0 0"
    )
    for path, kind in (
        ("/", "ext4"),
        ("/home/x", "ext4"),
        ("/data/y", "xfs"),
        ("/my data", "btrfs"),
        ("/database", "ext4"),
    ):
        assert find_file_system(Path(path), mounts) == kind
    assert find_file_system(Path("/"), "") == ""


def certificate(days: int, *hosts: str) -> Certificate:
    """Return one that is good since yesterday and for so many days."""
    now = datetime.now(UTC)
    return Certificate("AA", now - timedelta(days=1), now + timedelta(days=days), hosts)


@pytest.mark.parametrize(("days", "level"), [(90, "ok"), (13, "warning"), (-1, "problem")])
def test_how_long_a_certificate_is_good(days: int, level: Level) -> None:
    """One that somebody has to renew is warned of in time; the server's own is not."""
    now = datetime.now(UTC)
    (finding,) = judge_dates(certificate(days), Path("c.pem"), now, is_own=False)
    assert finding.level == level
    (own,) = judge_dates(certificate(days), Path("c.pem"), now, is_own=True)
    assert own.level == "ok"
    (early,) = judge_dates(certificate(90), Path("c.pem"), now - timedelta(days=2), is_own=False)
    assert "holds only from" in early.what


@pytest.mark.parametrize(
    ("hosts", "url", "levels"),
    [
        (("chat.example.org",), "https://Chat.example.org:4242", ["ok"]),
        (("*.example.org",), "https://chat.example.org", ["ok"]),
        (("*.example.org",), "https://example.org", ["problem"]),
        (("*.example.org",), "https://a.chat.example.org", ["problem"]),
        (("::1", "192.0.2.7"), "https://[0:0::1]:1", ["ok"]),
        ((), "https://chat.example.org", ["problem"]),
        (("chat.example.org",), "", []),
    ],
)
def test_for_whom_a_certificate_is_good(hosts: tuple[str, ...], url: str, levels: list[Level]) -> None:
    """It has to name what others reach the server by."""
    assert [finding.level for finding in judge_name(certificate(9, *hosts), url)] == levels


def test_who_reads_a_key() -> None:
    """Its owner alone should."""
    assert [*judge_key(Path("k"), 0o100600)] == []
    for mode in (0o100640, 0o100604):
        (finding,) = judge_key(Path("k"), mode)
        assert (finding.level, finding.remedy) == ("warning", "chmod 600 k")


@pytest.mark.parametrize(
    ("most", "connections", "level"), [(5_000, 0, "ok"), (1_024, 0, "warning"), (5_000, 5_000, "problem")]
)
def test_open_files(most: int, connections: int, level: Level) -> None:
    """There have to be enough for all connections that are let in."""
    assert [finding.level for finding in judge_files(most, connections)] == [level]


def test_memory() -> None:
    """A container may have less than its machine; where nobody knows, nothing is said."""
    meminfo = "MemTotal:       32864436 kB\nMemAvailable:     400000 kB\n"
    assert available_memory(meminfo, "max\n", "5\n") == 400_000 * 1_024
    assert available_memory(meminfo, "300000000\n", "100000000\n") == 200_000_000
    assert available_memory("", "", "") is None
    assert [*judge_memory(None)] == []
    levels = [finding.level for free in (10**9, 2 * 10**8, 10**7) for finding in judge_memory(free)]
    assert levels == ["ok", "warning", "problem"]


def test_the_log_of_the_database() -> None:
    """One that does not shrink is told."""
    assert [*judge_log(4_000_000)] == []
    assert [finding.level for finding in judge_log(LARGE_LOG_BYTES + 1)] == ["warning"]


def test_a_folder(tmp_path: Path) -> None:
    """It is its owner's alone, whole, and a folder."""
    folder, user = tmp_path / "data", os.geteuid()
    assert [finding.level for finding in look_at_folder(folder, user)] == ["ok"]
    folder.mkdir(mode=0o700)
    assert [finding.level for finding in look_at_folder(folder, user)] == ["ok"]
    folder.chmod(0o755)
    (finding,) = look_at_folder(folder, user)
    assert (finding.level, finding.remedy) == ("warning", f"chmod 700 {folder}")
    folder.chmod(0o700)
    (finding,) = look_at_folder(folder, user + 1)
    assert "belong to another user" in finding.what
    (folder / STAGING).mkdir()
    (finding,) = look_at_folder(folder, user)
    assert finding.level == "problem"
    (tmp_path / "file").touch()
    (finding,) = look_at_folder(tmp_path / "file", user)
    assert finding.level == "problem"


def effective(settings: Settings) -> Effective:
    """Return settings as they are loaded, all of them chosen."""
    loaded = load_settings(Choices(), {})
    return Effective(settings, loaded.values, ("Ignored: HUBBUB_PORT.",), loaded.choices)


OPEN = ("203.0.113.7:4242",)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(), []),
        (Settings(tls=TlsSettings(require="never")), []),
        (Settings(listen=("192.168.1.5:4242",)), []),
        (Settings(listen=("192.168.1.5:4242",), tls=TlsSettings(require="never")), ["tls.require is never"]),
        (Settings(listen=("192.168.1.5:4242",), limits=Limits(enabled=False)), ["limits.enabled is false"]),
        (Settings(listen=OPEN), ["may come in without an account", "limits.connections is 0"]),
        (Settings(listen=OPEN, people=PeopleSettings(guests=False), limits=Limits(connections=9)), []),
        (Settings(public_url="http://localhost:4242"), []),
        (Settings(public_url="http://chat.example.org"), ["begins with http://"]),
    ],
)
def test_settings_that_are_seldom_meant(settings: Settings, words: list[str]) -> None:
    """Each by itself is allowed; together with who can come they are warned of. What is ignored always is."""
    first, ignored, *others = look_at_settings(effective(settings), [])
    assert (first.level, ignored.what) == ("ok", "Ignored: HUBBUB_PORT.")
    assert [finding.level for finding in others] == ["warning"] * len(words)
    assert all(word in finding.what for word, finding in zip(words, others, strict=True))
