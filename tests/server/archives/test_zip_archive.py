"""Zip files that are broken, or made to harm: each is told in a sentence, and nothing is unpacked."""

import zipfile
from pathlib import Path

import pytest

from hubbub.server.archives import zip_archive
from hubbub.server.archives.zip_archive import FILE_LIMIT, open_zip
from hubbub.wire.transfer.broken import BrokenArchive
from tests.server.archives.zips import write_zip


def refused(path: Path, name: str = "") -> str:
    """Return what is told of an archive, or of a file in it."""
    with pytest.raises(BrokenArchive) as raised, open_zip(str(path)) as archive:
        archive.read(name)
    return str(raised.value)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "a\\..\\b"])
def test_names_that_lead_out_of_the_archive(tmp_path: Path, name: str) -> None:
    """They are refused, though nothing is ever unpacked under its name."""
    path = write_zip(tmp_path / "a.zip", {name: b"x"})
    assert f"{path}: {name}: that name would lead out" in refused(path)


def test_bombs(tmp_path: Path) -> None:
    """What unpacks to far more than honest files do is refused before it is."""
    path = write_zip(tmp_path / "a.zip", {"bomb.json": b" " * (FILE_LIMIT // 4)})
    assert "that was made to fill disks" in refused(path)


def test_files_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read in one piece has to fit into memory."""
    path = write_zip(tmp_path / "a.zip", {"a.json": b"12345"})
    monkeypatch.setattr(zip_archive, "FILE_LIMIT", 4)
    assert refused(path, "a.json") == f"{path}: a.json: it has 5 bytes, and 4 are the most."


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their list is kept in memory."""
    path = write_zip(tmp_path / "a.zip", {"a": b"", "b": b""})
    monkeypatch.setattr(zip_archive, "MOST_FILES", 1)
    assert refused(path) == f"{path}: it holds 2 files, and 1 are the most."


def test_what_is_no_zip_file(tmp_path: Path) -> None:
    """It is told, and so is one that was cut off."""
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    assert "that is no zip file" in refused(path)
    whole = write_zip(tmp_path / "b.zip", {"a": b"x" * 1_000})
    whole.write_bytes(whole.read_bytes()[:-10])
    assert "that is no zip file" in refused(whole)


def test_what_was_damaged(tmp_path: Path) -> None:
    """A file whose checksum is wrong is told by its name."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.json", b"hello")
    path.write_bytes(path.read_bytes().replace(b"hello", b"jello"))
    assert refused(path, "a.json").startswith(f"{path}: a.json: it cannot be unpacked")


def test_encrypted_files(tmp_path: Path) -> None:
    """They cannot be read, and it is told how they could."""
    path = write_zip(tmp_path / "a.zip", {"a.json": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "it is encrypted" in refused(path)


def test_lines_of_any_length_are_cut_off(tmp_path: Path) -> None:
    """A line is never longer than the limit, and one more byte that shows it."""
    path = write_zip(tmp_path / "a.zip", {"a": b"12\n" + b"3" * 10 + b"\n"})
    with open_zip(str(path)) as archive:
        assert list(archive.lines("a", 4))[:2] == [b"12\n", b"33333"]
