"""The contract of a shelf, beside each store."""

from typing import Final

import pytest
from msgspec.structs import replace

from hubbub.core.features.annotating import Deleted
from hubbub.core.features.messages import Said
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import MessageRef
from hubbub.core.room import RoomKind
from hubbub.service.blobs import Digest
from hubbub.service.ports import Draft, Store, StoreUnavailable
from hubbub.service.shelf import Shelf, ShelvedFile, Upload, Usage
from tests.stores.conftest import OpenShelf
from tests.stores.places import database_place

ANN, BOB = map(PersonId, ("id-ann", "' OR 1=1 --"))
TEA, DEN = RoomId(1), RoomId(2)
ONE, TWO, THREE = map(FileId, ("one", "two", "three"))
AAA, BBB, CCC = (Digest(letter * 64) for letter in "abc")
LONG_AGO: Final = 0
NOW: Final = 1_000


def a_file(
    id_: FileId, digest: Digest = AAA, owner: PersonId = ANN, thumbnail: Digest | None = None, size: int = 5
) -> ShelvedFile:
    """Return a file."""
    view = FileView(id_, "tea “1”.png", "image/png", size, 3, 2, has_thumbnail=thumbnail is not None)
    return ShelvedFile(view, owner, digest, thumbnail, size + 1, NOW)


def showing(*files: FileId) -> Said:
    """Return a message that shows these."""
    return Said(ANN, "ann", "", files=tuple(a_file(id_).view for id_ in files))


async def keep(store: Store, room: RoomId, *events: Said | Deleted) -> list[Seq]:
    """Keep what happens in a room, and return the places it has got."""
    return [record.seq for record in await store.append([Draft(room, event) for event in events], 1)]


def deleted(seq: Seq) -> Deleted:
    """Return the end of a message."""
    return Deleted(ANN, "ann", seq, ANN, "ann")


async def left(shelf: Shelf, before_ms: int = LONG_AGO) -> set[FileId]:
    """Return the files that are to go."""
    return {file.view.id for file in await shelf.list_left(before_ms, 100)}


@pytest.fixture
async def desk(open_shelf: OpenShelf) -> tuple[Store, Shelf]:
    """Open a store with the two channels, and its shelf."""
    store, shelf = await open_shelf()
    for key in ("#tea", "#den"):
        await store.open_room(RoomKind.CHANNEL, key, key)
    return store, shelf


async def test_an_upload_becomes_a_file(desk: tuple[Store, Shelf], open_shelf: OpenShelf) -> None:
    """It is one or the other, and on every node at once."""
    _, shelf = desk
    upload = Upload(ONE, ANN, "tea.png", 10, NOW)
    await shelf.add_upload(upload)
    await shelf.add_upload(replace(upload, size_bytes=12, touched_ms=NOW + 5))
    _, other = await open_shelf()
    assert await other.find_upload(ONE) == replace(upload, size_bytes=12, touched_ms=NOW + 5)
    assert await other.find_file(ONE) is None
    file = a_file(ONE, thumbnail=BBB)
    await shelf.add_file(file)
    assert await other.find_upload(ONE) is None
    assert await other.find_file(ONE) == file
    await shelf.add_file(a_file(TWO))
    assert {one.view.id for one in await other.find_files([ONE, TWO, THREE])} == {ONE, TWO}
    assert await other.find_files([]) == []


async def test_old_uploads_are_found_and_dropped(desk: tuple[Store, Shelf]) -> None:
    """By when something of them came last; dropping one again does no harm."""
    _, shelf = desk
    await shelf.add_upload(Upload(ONE, ANN, "old", 10, NOW))
    await shelf.add_upload(Upload(TWO, ANN, "new", 10, NOW + 1))
    assert [upload.id for upload in await shelf.list_uploads(NOW + 1)] == [ONE]
    await shelf.drop_upload(ONE)
    await shelf.drop_upload(ONE)
    assert await shelf.list_uploads(NOW + 1) == []
    assert await shelf.find_upload(TWO) is not None


async def test_what_somebody_takes(desk: tuple[Store, Shelf]) -> None:
    """His files and what is coming in, and nobody else's."""
    _, shelf = desk
    assert await shelf.usage(BOB) == Usage(0, 0)
    await shelf.add_file(a_file(ONE, size=1 << 40))
    await shelf.add_file(a_file(TWO, size=3))
    await shelf.add_upload(Upload(THREE, ANN, "more", 10, NOW))
    assert await shelf.usage(ANN) == Usage((1 << 40) + 13, 1)
    await shelf.add_upload(Upload(FileId("his"), BOB, "his", 7, NOW))
    assert await shelf.usage(BOB) == Usage(7, 1)


async def test_a_file_goes_with_the_last_message_that_shows_it(desk: tuple[Store, Shelf]) -> None:
    """As long as any does, in whatever room, it stays, and cannot be dropped."""
    store, shelf = desk
    await shelf.add_file(a_file(ONE))
    (tea,) = await keep(store, TEA, showing(ONE))
    (den,) = await keep(store, DEN, showing(ONE, TWO))
    assert (await shelf.find_files([ONE]))[0].state == "shown"
    assert set(await shelf.showings(ONE, 10)) == {MessageRef(TEA, tea), MessageRef(DEN, den)}
    await keep(store, TEA, deleted(tea))
    assert await left(shelf, NOW * 2) == set()
    assert not await shelf.drop_file(ONE)
    await keep(store, DEN, deleted(den))
    assert await left(shelf) == {ONE}
    assert await shelf.showings(ONE, 10) == []
    assert await shelf.drop_file(ONE)
    assert await shelf.find_file(ONE) is None
    assert not await shelf.drop_file(ONE)


async def test_a_file_that_is_shown_again_stays(desk: tuple[Store, Shelf]) -> None:
    """Though it was about to go; and a message that is deleted twice lets nothing go that another shows."""
    store, shelf = desk
    await shelf.add_file(a_file(ONE))
    first, second = await keep(store, TEA, showing(ONE), showing(ONE))
    assert await shelf.showings(ONE, 10) == [MessageRef(TEA, second)]
    await keep(store, TEA, deleted(first), deleted(first), deleted(second))
    assert await left(shelf) == {ONE}
    await keep(store, TEA, showing(ONE))
    assert await left(shelf) == set()


async def test_what_retention_erases_is_shown_no_more(desk: tuple[Store, Shelf]) -> None:
    """By the messages up to the last one that was erased, and not by those behind it."""
    store, shelf = desk
    await shelf.add_file(a_file(ONE))
    await shelf.add_file(a_file(TWO))
    await keep(store, TEA, showing(ONE), showing(ONE, TWO), showing(TWO))
    assert await store.erase_messages(TEA, 0, 1) == 2
    assert await left(shelf) == {ONE}
    assert await shelf.showings(TWO, 10) == [MessageRef(TEA, Seq(3))]


async def test_a_file_that_nobody_shows_goes_in_time(desk: tuple[Store, Shelf]) -> None:
    """Not before; what was shown once and is not any more goes at once."""
    _, shelf = desk
    await shelf.add_file(a_file(ONE))
    assert await left(shelf, NOW) == set()
    assert await left(shelf, NOW + 1) == {ONE}
    await shelf.add_file(a_file(TWO))
    assert len(await shelf.list_left(NOW + 1, 1)) == 1


async def test_whose_blobs_are_known(desk: tuple[Store, Shelf]) -> None:
    """Those that any file has, as its content or its thumbnail; where files share one, until the last is gone."""
    _, shelf = desk
    await shelf.add_file(a_file(ONE, AAA, thumbnail=BBB))
    await shelf.add_file(a_file(TWO, AAA))
    assert await shelf.find_digests([AAA, BBB, CCC]) == {AAA, BBB}
    await shelf.drop_file(ONE)
    assert await shelf.find_digests([AAA, BBB, CCC]) == {AAA}
    await shelf.drop_file(TWO)
    assert await shelf.find_digests([AAA]) == set()
    assert await shelf.find_digests([]) == set()


async def test_whoever_is_forgotten_takes_what_he_never_showed(desk: tuple[Store, Shelf]) -> None:
    """What a message shows stays with it; others lose nothing; and it may be done again."""
    store, shelf = desk
    for id_, owner in ((ONE, ANN), (TWO, ANN), (THREE, BOB)):
        await shelf.add_file(a_file(id_, owner=owner))
    await shelf.add_upload(Upload(FileId("coming"), ANN, "coming", 10, NOW))
    await keep(store, TEA, showing(ONE))
    await shelf.forget(ANN)
    await shelf.forget(ANN)
    assert await left(shelf) == {TWO}
    assert await shelf.find_upload(FileId("coming")) is None
    assert await shelf.find_file(THREE) is not None


async def test_all_or_nothing(desk: tuple[Store, Shelf]) -> None:
    """What a message shows is noted if the message is kept, and not otherwise."""
    store, shelf = desk
    await shelf.add_file(a_file(ONE))
    with pytest.raises(LookupError):
        await store.append([Draft(TEA, showing(ONE)), Draft(RoomId(99), showing(ONE))], 1)
    assert await shelf.showings(ONE, 10) == []
    assert (await shelf.find_files([ONE]))[0].state == "new"


async def test_a_shelf_is_open_while_its_store_is(address: str) -> None:
    """Before its store is opened, and after it is closed, every request is refused."""
    storage = database_place(address).make_storage()
    with pytest.raises(StoreUnavailable):
        await storage.shelf.find_file(ONE)
    await storage.store.open()
    await storage.shelf.add_file(a_file(ONE))
    await storage.store.close()
    with pytest.raises(StoreUnavailable):
        await storage.shelf.usage(ANN)


async def test_nothing_is_called_what_cannot_be_kept(desk: tuple[Store, Shelf]) -> None:
    """Whatever is asked for: it comes out of a link."""
    _, shelf = desk
    await shelf.add_file(a_file(ONE))
    nothing = FileId("\0")
    assert await shelf.find_file(nothing) is None
    assert await shelf.find_files([ONE, nothing]) == [a_file(ONE)]
    assert await shelf.find_upload(nothing) is None
