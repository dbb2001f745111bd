"""Uploading: what comes in is whole or not there, within what its sender may take, however it is cut and repeated."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from hubbub.core.kinds import RefusalCode, Refused
from hubbub.core.limits import Limits
from hubbub.service.blobs import WRITTEN_BYTES
from hubbub.service.ports import StoreUnavailable
from hubbub.service.uploading import GROWTH_BYTES, WrongOffset
from tests.service.files import HELLO, LIMITS, CutError, FileNode, FilePlace, cut, pieces
from tests.service.guests import Guest
from tests.service.members import sign_up

SMALL: Final = replace(LIMITS, file_bytes=100, guest_quota_bytes=150, person_quota_bytes=250, uploads_per_person=2)


@pytest.fixture
def place(tmp_path: Path) -> FilePlace:
    """Give a place for files."""
    return FilePlace(tmp_path / "incoming")


@pytest.fixture
def limits() -> Limits:
    """Give the limits of the node."""
    return LIMITS


@pytest.fixture
async def node(place: FilePlace, limits: Limits) -> AsyncIterator[FileNode]:
    """Run a node there."""
    async with place.running(limits) as node:
        yield node


async def refused(coming: Awaitable[object]) -> RefusalCode:
    """Return why something was refused."""
    with pytest.raises(Refused) as caught:
        await coming
    return caught.value.refusal.code


async def test_a_file_comes_in(node: FileNode) -> None:
    """With a clean name, the type that it has, and nothing left in the spool; its owner alone has it for now."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    view = await node.send(ann, name="../../etc/hello\u202egnp.txt")
    assert (view.name, view.media_type, view.size_bytes) == ("hellognp.txt", "text/plain", len(HELLO))
    assert len(view.id) == 26
    assert await node.read(ann, view.id) == HELLO
    for other in (bob, None):
        assert await refused(node.read(other, view.id)) == "no_such_file"
    assert node.parts() == []
    assert (await node.shelf.usage(ann.id)).uploads == 0


@pytest.mark.parametrize("size", [1, 5, WRITTEN_BYTES - 1, WRITTEN_BYTES, WRITTEN_BYTES + 1, 3 * WRITTEN_BYTES + 7])
async def test_whatever_its_size(node: FileNode, size: int) -> None:
    """And however it is cut into pieces on its way."""
    ann = Guest(node, "ann")
    data = bytes(number % 251 for number in range(size))
    for known in (size, None):
        view = await node.uploading.receive(ann.session.person, "x", known, pieces(data, 10_007))
        assert await node.read(ann, view.id) == data
    assert len(await node.kept_blobs()) == 1


@pytest.mark.parametrize("known", [len(HELLO) * 2, None])
async def test_nothing_is_left_of_what_breaks_off(node: FileNode, known: int | None) -> None:
    """Neither in the spool, nor of the room that it had taken."""
    ann = Guest(node, "ann")
    with pytest.raises(CutError):
        await node.uploading.receive(ann.session.person, "x", known, cut(HELLO))
    assert node.parts() == []
    assert (await node.shelf.usage(ann.id)).size_bytes == 0


async def test_whoever_is_cancelled_leaves_nothing(node: FileNode) -> None:
    """As when the server stops, or the connection is closed in the middle of a piece."""
    ann = Guest(node, "ann")
    begun = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield HELLO
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.ensure_future(node.uploading.receive(ann.session.person, "x", 100, endless()))
    await begun.wait()
    assert len(node.parts()) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert node.parts() == []
    assert (await node.shelf.usage(ann.id)).uploads == 0


@pytest.mark.parametrize(
    ("claimed", "code"),
    [(0, "empty"), (10_000_000_000, "file_too_large"), (len(HELLO) + 1, "bad_request"), (3, "file_too_large")],
)
async def test_what_is_claimed_has_to_be_true(node: FileNode, claimed: int, code: RefusalCode) -> None:
    """Nothing at all, ten gigabytes, more than comes, less than comes."""
    ann = Guest(node, "ann")
    assert await refused(node.uploading.receive(ann.session.person, "x", claimed, pieces(HELLO))) == code
    assert node.parts() == []


async def test_nothing_is_no_file(node: FileNode) -> None:
    """Also where nobody said before how much would come."""
    ann = Guest(node, "ann")
    assert await refused(node.uploading.receive(ann.session.person, "x", None, pieces(b""))) == "empty"
    assert node.parts() == []


@pytest.mark.parametrize("limits", [SMALL])
async def test_everybody_has_his_share(node: FileNode) -> None:
    """Of one file, and of all together; who has an account has more of them; and there is a way to make room."""
    ann = Guest(node, "ann")
    assert await refused(node.send(ann, b"x" * 101)) == "file_too_large"
    await node.send(ann, b"x" * 100)
    assert await refused(node.send(ann, b"y" * 51)) == "quota_exceeded"
    await node.send(ann, b"y" * 50)
    assert await refused(node.send(ann, b"z")) == "quota_exceeded"
    olga = await sign_up(node, "olga")
    for letter in b"xy":
        await node.send(olga, bytes([letter]) * 100)
    assert await refused(node.send(olga, b"z" * 51)) == "quota_exceeded"


@pytest.mark.parametrize("limits", [SMALL])
async def test_a_share_holds_where_no_size_was_said(node: FileNode) -> None:
    """What comes without end ends at the limit; what fits exactly comes in."""
    ann = Guest(node, "ann")
    person = ann.session.person
    assert await refused(node.uploading.receive(person, "x", None, pieces(b"x" * 101))) == "file_too_large"
    await node.uploading.receive(person, "x", None, pieces(b"x" * 100))
    assert await refused(node.uploading.receive(person, "y", None, pieces(b"y" * 51))) == "quota_exceeded"
    await node.uploading.receive(person, "y", None, pieces(b"y" * 50))
    assert (await node.shelf.usage(ann.id)).size_bytes == 150
    assert node.parts() == []


@pytest.mark.parametrize("limits", [SMALL])
async def test_two_uploads_do_not_take_the_same_room(node: FileNode) -> None:
    """However they come at once."""
    ann = Guest(node, "ann")
    sent = [node.send(ann, bytes([letter]) * 100) for letter in b"abcde"]
    outcomes = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(not isinstance(one, BaseException) for one in outcomes) == 1
    assert {one.refusal.code for one in outcomes if isinstance(one, Refused)} <= {"quota_exceeded", "too_many_uploads"}
    assert (await node.shelf.usage(ann.id)).size_bytes == 100


@pytest.mark.parametrize("limits", [SMALL])
async def test_room_is_made_for_uploads_of_unknown_size(node: FileNode) -> None:
    """No more of it than there is, so that two that grow at once do not exceed it together."""
    ann = Guest(node, "ann")
    sent = [node.uploading.receive(ann.session.person, "x", None, pieces(bytes([one]) * 90)) for one in b"ab"]
    outcomes = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(not isinstance(one, BaseException) for one in outcomes) == 1
    assert (await node.shelf.usage(ann.id)).size_bytes == 90
    assert GROWTH_BYTES > 150


@pytest.mark.parametrize("limits", [replace(LIMITS, spare_bytes=1 << 49)])
async def test_files_leave_space_to_everything_else(node: FileNode) -> None:
    """Else whoever fills the disk silences everybody."""
    assert await refused(node.send(Guest(node, "ann"))) == "disk_full"
    assert node.parts() == []


async def test_the_same_content_is_kept_once(node: FileNode) -> None:
    """Whoever sends it, and at whatever moment; each has a file of his own."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    views = await asyncio.gather(*(node.send(one, name=f"{n}") for n in range(8) for one in (ann, bob)))
    assert len({view.id for view in views}) == 16
    assert len(await node.kept_blobs()) == 1


# With interruptions


async def test_an_upload_goes_on_where_it_was_cut(node: FileNode) -> None:
    """What came before is kept; whoever goes on elsewhere is told where."""
    ann = Guest(node, "ann")
    person = ann.session.person
    upload = await node.uploading.begin(person, "hello.txt", len(HELLO))
    with pytest.raises(CutError):
        await node.uploading.append(person, upload.id, 0, cut(HELLO[:7]))
    # The pieces that had come were put together, and the last one, which was not whole, is not there.
    progress = await node.uploading.progress(person, upload.id)
    assert progress.offset in {0, 7}
    assert progress.size_bytes == len(HELLO)
    assert progress.expires_ms is not None
    for wrong in (1, 8, 100):
        with pytest.raises(WrongOffset) as caught:
            await node.uploading.append(person, upload.id, wrong, pieces(HELLO))
        assert caught.value.offset == progress.offset
    done = await node.uploading.append(person, upload.id, progress.offset, pieces(HELLO[progress.offset :]))
    assert done.file is not None
    assert await node.read(ann, upload.id) == HELLO


async def test_an_upload_goes_on_after_a_restart(place: FilePlace) -> None:
    """Also where the server was killed when all was there and not yet a file: asking after it makes it one."""
    async with place.running() as node:
        ann = await sign_up(node, "ann")
        person = ann.session.person
        upload = await node.uploading.begin(person, "hello.txt", len(HELLO))
        await node.uploading.append(person, upload.id, 0, pieces(HELLO[:5]))
        node.shelf.fails = lambda method: method == "add_file"
        with pytest.raises(StoreUnavailable):
            await node.uploading.append(person, upload.id, 5, pieces(HELLO[5:]))
    async with place.running() as node:
        progress = await node.uploading.progress(person, upload.id)
        assert (progress.offset, progress.file is not None) == (len(HELLO), True)
        # Whoever did not hear that asks once more, and hears the same.
        again = await node.uploading.progress(person, upload.id)
        assert again == progress
        assert (await node.uploading.append(person, upload.id, len(HELLO), pieces(b""))).file == progress.file
        with pytest.raises(WrongOffset):
            await node.uploading.append(person, upload.id, 5, pieces(HELLO[5:]))
        assert node.parts() == []


async def test_an_upload_is_its_senders(node: FileNode) -> None:
    """Nobody else goes on with it, asks after it or cancels it, nor learns whether it is there."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    upload = await node.uploading.begin(ann.session.person, "x", len(HELLO))
    him = bob.session.person
    assert await refused(node.uploading.progress(him, upload.id)) == "no_such_file"
    assert await refused(node.uploading.append(him, upload.id, 0, pieces(HELLO))) == "no_such_file"
    assert await refused(node.uploading.cancel(him, upload.id)) == "no_such_file"
    await node.uploading.cancel(ann.session.person, upload.id)
    assert await refused(node.uploading.progress(ann.session.person, upload.id)) == "no_such_file"
    assert node.parts() == []


async def test_an_upload_has_one_writer(node: FileNode) -> None:
    """Another connection is told to wait; the first one is not disturbed."""
    ann = Guest(node, "ann")
    person = ann.session.person
    upload = await node.uploading.begin(person, "x", len(HELLO))
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        begun.set()
        await go_on.wait()
        yield HELLO

    first = asyncio.ensure_future(node.uploading.append(person, upload.id, 0, slow()))
    await begun.wait()
    assert await refused(node.uploading.append(person, upload.id, 0, pieces(HELLO))) == "try_again"
    assert await refused(node.uploading.progress(person, upload.id)) == "try_again"
    assert await refused(node.uploading.cancel(person, upload.id)) == "try_again"
    go_on.set()
    assert (await first).file is not None


async def test_nobody_sends_more_than_he_announced(node: FileNode) -> None:
    """What did not go beyond is kept, and can be gone on with."""
    ann = Guest(node, "ann")
    person = ann.session.person
    upload = await node.uploading.begin(person, "x", 5)
    assert await refused(node.uploading.append(person, upload.id, 0, pieces(HELLO))) == "file_too_large"
    progress = await node.uploading.progress(person, upload.id)
    assert progress.offset == 0
    assert (await node.uploading.append(person, upload.id, 0, pieces(b"hello"))).file is not None


@pytest.mark.parametrize("limits", [SMALL])
async def test_uploads_that_are_not_finished_count(node: FileNode) -> None:
    """As many as were announced, so that they have room when they arrive."""
    ann = Guest(node, "ann")
    await node.uploading.begin(ann.session.person, "x", 100)
    assert await refused(node.send(ann, b"y" * 51)) == "quota_exceeded"
    await node.uploading.begin(ann.session.person, "x", 50)
    assert await refused(node.uploading.begin(ann.session.person, "x", 1)) == "too_many_uploads"


async def test_a_part_that_is_gone_is_an_upload_that_is_gone(node: FileNode) -> None:
    """As after a restore without what was coming in."""
    ann = Guest(node, "ann")
    upload = await node.uploading.begin(ann.session.person, "x", 100)
    await node.spool.discard(upload.id)
    assert await refused(node.uploading.progress(ann.session.person, upload.id)) == "no_such_file"
    assert (await node.shelf.usage(ann.id)).uploads == 0
