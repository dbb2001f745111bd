"""The file of a backup: whatever is written is read again, and whatever is changed is noticed."""

import io
import random
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.server.backups.members import BLOCK, BrokenBackup, Member, MemberReader, MemberWriter

CONTENTS = {"about.json": b"{}", "files/ab": b"", "tables/rooms/000001.jsonl.gz": bytes(range(256)) * 5}


def write(contents: dict[str, bytes]) -> bytes:
    """Write an archive."""
    file = io.BytesIO()
    writer = MemberWriter(file, 1_700_000_000)
    for name, content in contents.items():
        writer.write(name, content)
    writer.end()
    return file.getvalue()


def read(data: bytes, count: int) -> dict[str, bytes]:
    """Read an archive of so many members to its end."""
    reader = MemberReader(io.BytesIO(data))
    contents = {}
    for _ in range(count):
        member = reader.next_member()
        contents[member.name] = b"".join(reader.pieces(member))
    reader.end()
    return contents


NAMES = st.from_regex(r"[a-z0-9_]{1,20}(/[a-z0-9_]{1,20}){0,2}(\.[a-z]{1,5})?", fullmatch=True)


@given(st.dictionaries(NAMES, st.binary(max_size=3 * BLOCK), max_size=5))
def test_what_is_written_is_read(contents: dict[str, bytes]) -> None:
    """Names and contents come back, in order."""
    assert list(read(write(contents), len(contents)).items()) == list(contents.items())


def test_every_tar_reads_it() -> None:
    """It is an ordinary archive, all of whose members are in one folder and for their owner alone."""
    with tarfile.open(fileobj=io.BytesIO(write(CONTENTS))) as archive:
        members = archive.getmembers()
        assert [member.name for member in members] == [f"hubbub-backup/{name}" for name in CONTENTS]
        assert {member.mode for member in members} == {0o600}
        unpacked = [archive.extractfile(member) for member in members]
        assert [file.read() for file in unpacked if file] == list(CONTENTS.values())


def test_sizes_beyond_eight_gigabytes_can_be_told() -> None:
    """A header holds any size that a file may have."""

    class Endless(io.RawIOBase):
        """Fails when it is asked for the first time: the header alone matters."""

        def read(self, _size: int | None = -1) -> bytes:
            return b""

    file = io.BytesIO()
    with pytest.raises(EOFError):
        MemberWriter(file, 0).copy("files/ab", 10**15, Endless())  # type: ignore[arg-type] # all it needs
    assert MemberReader(io.BytesIO(file.getvalue())).next_member() == Member("files/ab", 10**15)


def test_every_byte_counts() -> None:
    """Any byte that is changed, in a header, a filling or the end, is noticed; in a content it is there to be seen."""
    data = write(CONTENTS)
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << random.randrange(8)
        try:
            contents = read(bytes(changed), len(CONTENTS))
        except BrokenBackup:
            continue
        # All but the time, which may be any as long as it is the same everywhere.
        assert contents != CONTENTS


def test_what_is_cut_off_is_noticed() -> None:
    """An archive that ends too early is told so, wherever that is; so is one that goes on."""
    data = write(CONTENTS)
    for length in range(len(data)):
        with pytest.raises(BrokenBackup, match=r"cut off|empty"):
            read(data[:length], len(CONTENTS))
    with pytest.raises(BrokenBackup, match="something else"):
        read(data + b"\0", len(CONTENTS))


def _foreign(**fields: object) -> bytes:
    info = tarfile.TarInfo("hubbub-backup/about.json")
    info.mode = 0o600
    for name, value in fields.items():
        setattr(info, name, value)
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    "header",
    [
        _foreign(name="/etc/passwd"),
        _foreign(name="hubbub-backup/../evil"),
        _foreign(name="hubbub-backup/a/../../evil"),
        _foreign(name="hubbub-backup//evil"),
        _foreign(name="hubbub-backup/.hidden"),
        _foreign(type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        _foreign(type=tarfile.LNKTYPE, linkname="hubbub-backup/x"),
        _foreign(type=tarfile.CHRTYPE),
        _foreign(type=tarfile.DIRTYPE),
        _foreign(mode=0o4777),
        _foreign(uid=1000),
        _foreign(uname="root"),
        b"\0" * BLOCK,
        b"\xff" * BLOCK,
    ],
)
def test_nothing_but_plain_files_is_read(header: bytes) -> None:
    """Links, devices, paths that lead elsewhere and whatever else a tar may hold end the reading at once."""
    reader = MemberReader(io.BytesIO(header + bytes(4 * BLOCK)))
    with pytest.raises(BrokenBackup, match="This is no backup of hubbub"):
        reader.next_member()


def test_another_programs_file_is_none() -> None:
    """A zip file, a text and nothing at all are refused, each in a sentence."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("accounts.jsonl", "{}\n" * 1_000)
    for data in (zipped.getvalue() + bytes(BLOCK), b"Dear diary, " * 1_000):
        with pytest.raises(BrokenBackup, match="This is no backup of hubbub"):
            MemberReader(io.BytesIO(data)).next_member()
    with pytest.raises(BrokenBackup, match="The file is empty"):
        MemberReader(io.BytesIO()).next_member()
