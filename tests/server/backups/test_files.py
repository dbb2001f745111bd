"""Files that people have sent: in the backup are those that the database names, and what became of them is told."""

import asyncio
import hashlib
import io
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from hubbub.server.backups.blobs import blob_path
from hubbub.server.backups.contents import Manifest
from hubbub.server.backups.members import BrokenBackup
from hubbub.server.backups.restoring import SETTINGS_THEN
from hubbub.server.doctor.findings import Finding
from hubbub.server.doctor.reading import Kept
from tests.cli.filling import fill
from tests.server.backups.backups import EVENTS, check, forge, restore, settings_for, take

CONTENTS = (b"a picture", b"its thumbnail", b"", bytes(range(256)) * 3_000)

DIGESTS = [hashlib.sha256(content).hexdigest() for content in CONTENTS]

LOST = hashlib.sha256(b"lost").hexdigest()


def name_file(data: Path, number: int, digest: str, thumbnail: str | None = None) -> None:
    """Let the database know of a file."""
    row = (f"f{number}", "p1", "name", "image/png", 1, 0, 0, digest, thumbnail, 1, 1, "shown")
    with closing(sqlite3.connect(data / "hubbub.db")) as raw, raw:
        raw.execute(f"INSERT INTO files VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - question marks


def put_file(data: Path, content: bytes, name: str) -> Path:
    """Put a file where it is kept."""
    path = blob_path(data, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give data with three files, one with a thumbnail and one that was sent twice, and one that nobody knows of."""
    folder = tmp_path / "data"
    folder.mkdir()
    fill(folder, "#tea", *EVENTS)
    for content, digest in zip(CONTENTS, DIGESTS, strict=True):
        put_file(folder, content, digest)
    put_file(folder, b"nobody's", hashlib.sha256(b"nobody's").hexdigest())
    (folder / "files" / "incoming").mkdir()
    name_file(folder, 1, DIGESTS[0], DIGESTS[1])
    name_file(folder, 2, DIGESTS[2])
    name_file(folder, 3, DIGESTS[3])
    name_file(folder, 4, DIGESTS[3])
    return folder


def files_in(data: Path) -> dict[str, bytes]:
    """Return all files in a data folder by their names."""
    return {path.name: path.read_bytes() for path in (data / "files").rglob("*") if path.is_file()}


def seen_by_doctor(data: Path, *, thoroughly: bool) -> list[Finding]:
    """Return what the doctor finds of files."""
    examined = asyncio.run(Kept(settings_for(data), thoroughly=thoroughly).examine())
    return [finding for finding in examined.findings if finding.area == "files"]


def test_those_that_are_named(data: Path, tmp_path: Path) -> None:
    """Each is in the backup once, thumbnails too, and nothing that nobody names; all come back to where they were."""
    backup = take(data)
    files = check(backup).manifest.files
    assert (files.count, files.size_bytes) == (4, sum(map(len, CONTENTS)))
    with tarfile.open(fileobj=io.BytesIO(backup)) as archive:
        names = [name.rpartition("/")[2] for name in archive.getnames() if name.startswith("hubbub-backup/files/")]
    assert names == sorted(DIGESTS)
    restored = tmp_path / "restored"
    restore(backup, restored)
    assert files_in(restored) == dict(zip(DIGESTS, CONTENTS, strict=True))
    assert {path.name for path in restored.iterdir()} >= {"hubbub.db", "files", SETTINGS_THEN}
    for thoroughly in (False, True):
        assert [finding.level for finding in seen_by_doctor(restored, thoroughly=thoroughly)] == ["ok"]


def test_one_that_is_not_there_any_more(data: Path, tmp_path: Path) -> None:
    """It is noted, and what can come back does. Whoever keeps the server is told by the doctor."""
    name_file(data, 5, LOST)
    backup = take(data)
    assert check(backup).manifest.files.missing == [LOST]
    restore(backup, tmp_path / "restored")
    assert set(files_in(tmp_path / "restored")) == set(DIGESTS)
    (finding,) = seen_by_doctor(data, thoroughly=False)
    assert (finding.level, "1 are missing and 0 damaged" in finding.what) == ("problem", True)


def test_one_that_the_disk_has_damaged(data: Path, tmp_path: Path) -> None:
    """It is noted, and comes back as it is. The doctor finds it when he reads all of it."""
    path = blob_path(data, DIGESTS[0])
    path.write_bytes(b"another thing")
    backup = take(data)
    assert check(backup).manifest.files.damaged == [DIGESTS[0]]
    restore(backup, tmp_path / "restored")
    assert files_in(tmp_path / "restored")[DIGESTS[0]] == b"another thing"
    assert [finding.level for finding in seen_by_doctor(data, thoroughly=False)] == ["ok"]
    (finding,) = seen_by_doctor(data, thoroughly=True)
    assert (finding.level, "0 are missing and 1 damaged" in finding.what) == ("problem", True)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (b"another thing", "is not what it was"),
        (None, "it has 3 files, and should have 4"),
    ],
)
def test_one_that_the_backup_has_lost(data: Path, new: bytes | None, words: str) -> None:
    """What the manifest does not know of happened to the backup: it is refused."""
    name = f"files/{DIGESTS[3]}"
    with pytest.raises(BrokenBackup, match=words):
        check(forge(take(data), lambda member, content: new if member == name else content))


def test_what_nobody_names_is_refused(data: Path) -> None:
    """Nobody can put something into the files of a server that none of its people has sent."""

    def unname(member: str, content: bytes) -> bytes | None:
        return None if member.startswith("tables/files") else content

    with pytest.raises(BrokenBackup, match="belongs to nothing"):
        check(forge(take(data), unname))


def test_the_manifest_is_not_larger_for_more_files(data: Path) -> None:
    """It counts them, and names none that is as it should be."""
    manifest = check(take(data)).manifest
    assert isinstance(manifest, Manifest)
    assert DIGESTS[0].encode() not in msgspec.json.encode(manifest)
