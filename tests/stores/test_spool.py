"""The spool: parts grow, survive, and go; nothing is half written."""

import errno
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from hubbub.service.blobs import Digest, NoSpace, Settled
from hubbub.service.ports import StoreUnavailable
from hubbub.stores.folders import RELEASE_BYTES
from hubbub.stores.spool import FolderSpool

NEVER_MIND: Final = 0
"""No part of the disk has to stay free."""

FAR_FUTURE_MS: Final = 1 << 60


@pytest.fixture
async def spool(tmp_path: Path) -> AsyncIterator[FolderSpool]:
    """Open a spool."""
    spool = FolderSpool(tmp_path / "incoming")
    await spool.open()
    yield spool
    await spool.close()
    await spool.close()


async def test_a_part_grows(spool: FolderSpool, tmp_path: Path) -> None:
    """Piece by piece, on and on after a restart; what is there says how far it came."""
    assert await spool.size("one") is None
    await spool.create("one")
    assert await spool.size("one") == 0
    await spool.write("one", 0, b"hello ", NEVER_MIND)
    again = FolderSpool(tmp_path / "incoming")
    assert await again.size("one") == 6
    await again.write("one", 6, b"there", NEVER_MIND)
    assert await again.read("one", 5) == b"hello"
    assert await again.read("one", 100) == b"hello there"
    digest = Digest(hashlib.sha256(b"hello there").hexdigest())
    assert await again.settle(again.path("one")) == Settled(digest, 11)
    await again.close()


async def test_nobody_writes_elsewhere_than_at_the_end(spool: FolderSpool) -> None:
    """Neither over what is there, nor behind a hole; nor is a part begun that is there."""
    await spool.create("one")
    await spool.write("one", 0, b"hello", NEVER_MIND)
    for offset in (0, 4, 6):
        with pytest.raises(ValueError, match=str(offset)):
            await spool.write("one", offset, b"x", NEVER_MIND)
    with pytest.raises(StoreUnavailable):
        await spool.create("one")
    assert await spool.read("one", 100) == b"hello"


async def test_what_lies_beside_a_part_goes_with_it(spool: FolderSpool) -> None:
    """And nothing of another one; discarding again does no harm."""
    await spool.create("one")
    await spool.create("one2")
    spool.path("one").with_suffix(".clean").touch()
    await spool.discard("one")
    await spool.discard("one")
    assert await spool.list_parts(FAR_FUTURE_MS) == ["one2"]


async def test_a_blob_outlives_its_part(spool: FolderSpool, tmp_path: Path) -> None:
    """What has another name is not cut down with the part; and a long part goes all the same."""
    long = b"x" * (3 * RELEASE_BYTES + 1)
    for part in ("kept", "lost"):
        await spool.create(part)
        await spool.write(part, 0, long, NEVER_MIND)
    os.link(spool.path("kept"), tmp_path / "blob")
    for part in ("kept", "lost"):
        await spool.discard(part)
        assert await spool.size(part) is None
    assert (tmp_path / "blob").read_bytes() == long


async def test_old_parts_are_listed(spool: FolderSpool) -> None:
    """Those that nobody has written to since."""
    await spool.create("new")
    await spool.create("old")
    os.utime(spool.path("old"), (1, 1))
    assert await spool.list_parts(2_000) == ["old"]
    spool.path("gone").with_suffix(".clean").touch()
    os.utime(spool.path("gone").with_suffix(".clean"), (1, 1))
    assert await spool.list_parts(2_000) == ["gone", "old"]


async def test_a_part_is_only_the_servers_users(spool: FolderSpool) -> None:
    """The folder, too."""
    await spool.create("one")
    path = spool.path("one")
    assert [path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777] == [0o600, 0o700]


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "a.b", "\0"])
async def test_no_name_leads_out_of_the_folder(spool: FolderSpool, name: str) -> None:
    """Names are the server's own; this is the second lock."""
    with pytest.raises(ValueError, match="no part"):
        spool.path(name)


async def test_space_is_left_to_everything_else(spool: FolderSpool) -> None:
    """So nothing is written once less would be free."""
    await spool.create("one")
    free = await spool.free_bytes()
    assert free > 0
    with pytest.raises(NoSpace):
        await spool.write("one", 0, b"x", free * 2)
    assert await spool.size("one") == 0


async def test_nothing_is_left_of_a_piece_that_did_not_fit(spool: FolderSpool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes a part of it and is full: whoever goes on later begins where he was told."""
    await spool.create("one")
    await spool.write("one", 0, b"hello", NEVER_MIND)
    real = os.pwrite

    def fill_up(descriptor: int, data: bytes, place: int) -> int:
        if place == 5:
            return real(descriptor, data[:2], place)
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "pwrite", fill_up)
    with pytest.raises(NoSpace):
        await spool.write("one", 5, b" there", NEVER_MIND)
    monkeypatch.setattr(os, "pwrite", real)
    assert await spool.size("one") == 5
    await spool.write("one", 5, b"!", NEVER_MIND)
    assert await spool.read("one", 100) == b"hello!"
