"""The gallery: pictures are fetched when they are seen, a few at a time, once, and never again where that is no use."""

import asyncio
import io

import pytest
from PIL import Image

from hubbub.client.errors import ClientError, Unanswered
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import Refused
from hubbub.tui import gallery
from hubbub.tui.gallery import AT_ONCE, FAILED, KEPT, Gallery
from hubbub.tui.rasters import PICTURE_BYTES, Raster
from hubbub.tui.shown import ShownFile
from tests.outside.raw import PATIENCE_SECONDS


def picture_bytes() -> bytes:
    """Return a picture as a file."""
    file = io.BytesIO()
    Image.new("RGB", (4, 4), (9, 8, 7)).save(file, "PNG")
    return file.getvalue()


PICTURE = picture_bytes()


def shown(name: str, server: str = "http://one") -> ShownFile:
    """Return a picture that stands with a message."""
    view = FileView(FileId(name), name, "image/png", len(PICTURE), 4, 4)
    return ShownFile(name, "", f"{server}/f/{name}", view)


class Shelf:
    """From where pictures come: whatever is put there, when it is let go."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.is_online = True
        self.answers: dict[str, bytes | Exception] = {}
        self.asked: list[str] = []
        self.busy = self.most_busy = 0
        self.is_full = asyncio.Event()
        """Whether as many are asked for as may be."""
        self.is_open = asyncio.Event()
        if is_open:
            self.is_open.set()

    async def fetch_picture(self, file: FileView, limit_bytes: int) -> bytes:
        """Give one."""
        assert limit_bytes == PICTURE_BYTES
        self.asked.append(file.id)
        self.busy += 1
        self.most_busy = max(self.busy, self.most_busy)
        if self.busy == AT_ONCE:
            self.is_full.set()
        try:
            await self.is_open.wait()
        finally:
            self.busy -= 1
        answer = self.answers.get(file.id, PICTURE)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Looker:
    """Somebody who waits for pictures."""

    def __init__(self) -> None:
        self.gallery = Gallery()
        self._changed = asyncio.Event()
        self.gallery.subscribe(self._changed.set)

    async def until_settled(self, *files: ShownFile) -> None:
        """Wait until each of these is there, or given up."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while any(self.gallery.see(file) == "coming" for file in files):
                self._changed.clear()
                await self._changed.wait()

    async def until_told(self) -> None:
        """Wait until something happens."""
        self._changed.clear()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._changed.wait()


async def test_what_is_seen_is_brought() -> None:
    """And is seen from then on."""
    ann, shelf = Looker(), Shelf()
    assert ann.gallery.see(shown("a")) == "coming"
    assert not shelf.asked
    ann.gallery.want(shelf, [shown("a")])
    await ann.until_settled(shown("a"))
    raster = ann.gallery.see(shown("a"))
    assert isinstance(raster, Raster)
    assert raster.pixels[:4] == bytes([9, 8, 7, 255])


async def test_what_is_no_picture_is_never_asked_for() -> None:
    """Its link is all there is."""
    ann, shelf = Looker(), Shelf()
    plain = ShownFile("a.txt", "", "http://one/f/x")
    assert ann.gallery.see(plain) == "unseen"
    ann.gallery.want(shelf, [plain])
    assert not shelf.asked


async def test_few_at_once_none_twice_and_only_what_is_still_seen() -> None:
    """Whoever leafs fast has nothing brought that he has passed."""
    ann, shelf = Looker(), Shelf(is_open=False)
    passed = [shown(f"passed {number}") for number in range(20)]
    ann.gallery.want(shelf, passed)
    for _ in range(3):
        ann.gallery.want(shelf, [*passed[-1:], shown("seen")])
    await shelf.is_full.wait()
    shelf.is_open.set()
    await ann.until_settled(*passed[-AT_ONCE:], shown("seen"))
    assert shelf.most_busy == AT_ONCE
    assert sorted(shelf.asked) == sorted(["seen", *(file.name for file in passed[-AT_ONCE:])])


@pytest.mark.parametrize(
    "answer",
    [
        Refused("no_such_file", "It is gone."),
        ClientError("It is too long."),
        b"no picture",
        PICTURE[:50],
        Unanswered("Lost."),
    ],
)
async def test_what_fails_is_not_tried_again(answer: bytes | Exception) -> None:
    """Its link is all there is."""
    ann, shelf = Looker(), Shelf()
    shelf.answers["a"] = answer
    for _ in range(3):
        ann.gallery.want(shelf, [shown("a")])
        await ann.until_settled(shown("a"))
    assert ann.gallery.see(shown("a")) == "unseen"
    assert shelf.asked == ["a"]


async def test_a_fault_of_ones_own_is_told_once() -> None:
    """It would come again whenever somebody looks."""
    told: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    ann, shelf = Looker(), Shelf()
    shelf.answers["a"] = ZeroDivisionError()
    ann.gallery.want(shelf, [shown("a")])
    await ann.until_settled(shown("a"))
    ann.gallery.want(shelf, [shown("a")])
    assert ann.gallery.see(shown("a")) == "unseen"
    assert [type(one["exception"]) for one in told] == [ZeroDivisionError]
    assert shelf.asked == ["a"]


async def test_who_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others get their turn."""
    monkeypatch.setattr(gallery, "PATIENCE_SECONDS", 0.001)
    ann, shelf = Looker(), Shelf(is_open=False)
    ann.gallery.want(shelf, [shown("a")])
    await ann.until_settled(shown("a"))
    assert ann.gallery.see(shown("a")) == "unseen"


async def test_a_lost_connection_is_waited_for() -> None:
    """Its room stays, and it is wanted again when the server is there."""
    ann, shelf = Looker(), Shelf(is_open=False)
    shelf.answers["a"] = Unanswered("The connection is lost.")
    ann.gallery.want(shelf, [shown("a")])
    shelf.is_online = False
    shelf.is_open.set()
    await ann.until_told()
    assert ann.gallery.see(shown("a")) == "coming"
    ann.gallery.want(shelf, [shown("a")])
    assert shelf.asked == ["a"]
    shelf.is_online = True
    del shelf.answers["a"]
    ann.gallery.want(shelf, [shown("a")])
    await ann.until_settled(shown("a"))
    assert isinstance(ann.gallery.see(shown("a")), Raster)


async def test_no_more_are_kept_than_are_seen() -> None:
    """Those that were seen last; the others are fetched again where somebody comes back to them."""
    ann, shelf = Looker(), Shelf()
    many = [shown(f"{number}") for number in range(KEPT + 10)]
    for first in range(0, len(many), 10):
        some = many[first : first + 10]
        ann.gallery.want(shelf, some)
        await ann.until_settled(*some)
        ann.gallery.see(many[0])
    kept = [file.name for file in many if isinstance(ann.gallery.see(file), Raster)]
    assert len(kept) == KEPT
    assert "0" in kept
    assert many[-1].name in kept


async def test_no_more_failures_are_remembered_than_that() -> None:
    """A server may name as many pictures as it likes."""
    ann, shelf = Looker(), Shelf()
    many = [shown(f"{number}") for number in range(FAILED + 10)]
    for file in many:
        shelf.answers[file.name] = b""
        ann.gallery.want(shelf, [file])
        await ann.until_settled(file)
    assert sum(ann.gallery.see(file) == "unseen" for file in many) == FAILED


async def test_a_server_that_is_left_is_forgotten() -> None:
    """Nothing of it is left, and nothing comes; another one's pictures are there."""
    ann, shelf = Looker(), Shelf()
    here, there = shown("a"), shown("a", "http://two")
    ann.gallery.want(shelf, [here, there])
    await ann.until_settled(here, there)
    shelf.is_open.clear()
    ann.gallery.want(shelf, [shown("b")])
    ann.gallery.forget("http://one")
    await ann.until_told()
    shelf.is_open.set()
    assert ann.gallery.see(here) == ann.gallery.see(shown("b")) == "coming"
    assert isinstance(ann.gallery.see(there), Raster)


async def test_nothing_is_brought_once_it_is_closed() -> None:
    """What was on its way is left."""
    ann, shelf = Looker(), Shelf(is_open=False)
    ann.gallery.want(shelf, [shown("a"), shown("b"), shown("c")])
    await shelf.is_full.wait()
    await ann.gallery.close()
    assert shelf.busy == 0
    assert len(shelf.asked) == AT_ONCE
