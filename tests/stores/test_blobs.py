"""The contract of blobs, and what a folder of them promises beyond it."""

import asyncio
import errno
import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hubbub.service.blobs import SHARDS, Blobs, Digest, NoSpace, shard_of
from hubbub.service.ports import StoreUnavailable, StoreUnusable
from hubbub.stores.blobs import FolderBlobs
from hubbub.stores.memory_blobs import MemoryBlobs

HELLO = b"hello" * 1_000

Bring = Callable[[bytes], Path]


def digest_of(data: bytes) -> Digest:
    """Return what a content is called."""
    return Digest(hashlib.sha256(data).hexdigest())


@pytest.fixture(params=["memory", "folder"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """Give a place without blobs, each kind in turn."""
    if request.param == "memory":
        return MemoryBlobs(lambda: int(time.time() * 1_000))
    return FolderBlobs(tmp_path / "files")


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Write files as the spool has them."""
    count = iter(range(100))

    def write(data: bytes) -> Path:
        path = tmp_path / f"part{next(count)}"
        path.write_bytes(data)
        return path

    return write


async def read(blobs: Blobs, digest: Digest) -> bytes | None:
    """Return a blob, or None."""
    reader = await blobs.reader(digest)
    if reader is None:
        return None
    try:
        return await reader.read(0, reader.size_bytes + 1)
    finally:
        reader.close()


async def test_what_is_put_is_there_until_it_is_deleted(blobs: Blobs, bring: Bring) -> None:
    """Once, however often it is put; deleting what is not there does no harm."""
    await blobs.open()
    digest = digest_of(HELLO)
    assert await read(blobs, digest) is None
    await blobs.put(bring(HELLO), digest)
    await blobs.put(bring(HELLO), digest)
    assert await read(blobs, digest) == HELLO
    await blobs.delete(digest)
    assert await read(blobs, digest) is None
    await blobs.delete(digest)
    await blobs.close()
    await blobs.close()


async def test_any_part_can_be_read(blobs: Blobs, bring: Bring) -> None:
    """Fewer bytes than were asked for only at the end."""
    await blobs.open()
    await blobs.put(bring(HELLO), digest_of(HELLO))
    reader = await blobs.reader(digest_of(HELLO))
    assert reader is not None
    assert reader.size_bytes == len(HELLO)
    assert await reader.read(3, 4) == HELLO[3:7]
    assert await reader.read(len(HELLO) - 2, 10) == HELLO[-2:]
    assert await reader.read(len(HELLO), 10) == b""
    reader.close()
    reader.close()
    await blobs.close()


async def test_whoever_reads_goes_on_though_it_is_deleted(blobs: Blobs, bring: Bring) -> None:
    """To the end; nobody else finds it any more."""
    await blobs.open()
    await blobs.put(bring(HELLO), digest_of(HELLO))
    reader = await blobs.reader(digest_of(HELLO))
    assert reader is not None
    await blobs.delete(digest_of(HELLO))
    assert await read(blobs, digest_of(HELLO)) is None
    assert await reader.read(0, len(HELLO)) == HELLO
    reader.close()
    await blobs.close()


async def test_what_was_put_long_ago_is_listed(blobs: Blobs, bring: Bring) -> None:
    """In its shard alone; what was put again is as new, so that whoever tidies up leaves it."""
    await blobs.open()
    contents = [bytes([number]) * 10 for number in range(20)]
    for content in contents:
        await blobs.put(bring(content), digest_of(content))
    later = int(time.time() * 1_000) + 60_000
    found = [(shard, digest) for shard in range(SHARDS) for digest in await blobs.list_shard(shard, later)]
    assert {digest for _, digest in found} == set(map(digest_of, contents))
    assert all(shard == shard_of(digest) for shard, digest in found)
    old = bring(b"old")
    os.utime(old, (1, 1))
    await blobs.put(old, digest_of(b"old"))
    assert await blobs.list_shard(shard_of(digest_of(b"old")), 60_000) == []
    await blobs.close()


async def test_many_put_the_same_at_once(blobs: Blobs, bring: Bring) -> None:
    """And it is there once."""
    await blobs.open()
    await asyncio.gather(*(blobs.put(bring(HELLO), digest_of(HELLO)) for _ in range(20)))
    assert await read(blobs, digest_of(HELLO)) == HELLO
    await blobs.close()


# A folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the path of a folder that is not there yet."""
    return tmp_path / "data" / "files"


async def test_only_the_servers_user_reads_them(folder: Path, bring: Bring) -> None:
    """Folders 0700, files 0600, whatever the part's rights were, and the part can go."""
    blobs = FolderBlobs(folder)
    await blobs.open()
    part = bring(HELLO)
    part.chmod(0o600)
    await blobs.put(part, digest_of(HELLO))
    part.unlink()
    (kept,) = folder.glob("*/*")
    assert kept.name == digest_of(HELLO)
    assert kept.parent.name == kept.name[:2]
    assert [kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777] == [0o600, 0o700]
    assert folder.stat().st_mode & 0o777 == 0o700
    await blobs.close()


async def test_what_is_put_again_is_new(folder: Path, bring: Bring) -> None:
    """So that whoever tidies up leaves it for whom it was put."""
    blobs = FolderBlobs(folder)
    await blobs.open()
    await blobs.put(bring(HELLO), digest_of(HELLO))
    (kept,) = folder.glob("*/*")
    os.utime(kept, (1, 1))
    shard = shard_of(digest_of(HELLO))
    assert await blobs.list_shard(shard, 60_000) == [digest_of(HELLO)]
    await blobs.put(bring(HELLO), digest_of(HELLO))
    assert await blobs.list_shard(shard, 60_000) == []
    await blobs.close()


async def test_where_files_have_one_name_only_they_are_copied(
    folder: Path, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on the file systems of memory cards; and nothing but the blob is left of it."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    blobs = FolderBlobs(folder)
    await blobs.open()
    await blobs.put(bring(HELLO), digest_of(HELLO))
    await blobs.put(bring(HELLO), digest_of(HELLO))
    assert await read(blobs, digest_of(HELLO)) == HELLO
    assert [path.name for path in folder.glob("*/*")] == [digest_of(HELLO)]
    await blobs.close()


async def test_a_full_disk_is_told(folder: Path, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what else may be wrong with it, as what passes."""
    blobs = FolderBlobs(folder)
    await blobs.open()

    def fail(number: int) -> None:
        def sync(_descriptor: int) -> None:
            raise OSError(number, "no")

        monkeypatch.setattr(os, "fsync", sync)

    fail(errno.ENOSPC)
    with pytest.raises(NoSpace):
        await blobs.put(bring(HELLO), digest_of(HELLO))
    fail(errno.EIO)
    with pytest.raises(StoreUnavailable):
        await blobs.put(bring(b"other"), digest_of(b"other"))
    await blobs.close()


async def test_nothing_leads_out_of_the_folder(folder: Path, tmp_path: Path, bring: Bring) -> None:
    """What is no digest is nothing that could be asked for; a link that lies there is not followed."""
    blobs = FolderBlobs(folder)
    await blobs.open()
    with pytest.raises(ValueError, match="passwd"):
        await blobs.reader(Digest("../../etc/passwd"))
    digest = digest_of(HELLO)
    (folder / digest[:2]).mkdir()
    (tmp_path / "secret").write_text("secret")
    (folder / digest[:2] / digest).symlink_to(tmp_path / "secret")
    with pytest.raises(StoreUnavailable):
        await blobs.reader(digest)
    del bring
    await blobs.close()


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Says so to whoever runs the server."""
    (tmp_path / "taken").touch()
    with pytest.raises(StoreUnusable, match="taken"):
        await FolderBlobs(tmp_path / "taken" / "files").open()
