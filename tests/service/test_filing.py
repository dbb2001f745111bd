"""Filing: who may show and read a file, from its upload to the end of the last message that shows it."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hubbub.core.account_requests import DeleteAccount
from hubbub.core.features.annotating import Delete, Edit, Reply
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Said, Say, Tell
from hubbub.core.features.settings import ChangeSettings
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import Found, History, Told
from hubbub.core.notes import LastMessage
from hubbub.core.queries import FindHistory, FindMessages
from hubbub.core.room_settings import Change
from hubbub.core.scene import DONE
from hubbub.service.blobs import Digest
from hubbub.service.tidying import GRACE_MS, LOOK_SECONDS, REPAIR_SECONDS
from tests.service.files import HELLO, LIMITS, FileNode, FilePlace, pieces
from tests.service.guests import Guest, text_of, without_ids
from tests.service.members import PASSWORD, sign_up
from tests.service.test_uploading import refused
from tests.service.turns import turns

TEA = "#tea"


@pytest.fixture
def place(tmp_path: Path) -> FilePlace:
    """Give a place for files."""
    return FilePlace(tmp_path / "incoming")


@pytest.fixture
async def node(place: FilePlace) -> AsyncIterator[FileNode]:
    """Run a node there."""
    async with place.running() as node:
        yield node


async def arrive(node: FileNode, *names: str) -> list[Guest]:
    """Let guests come into a room."""
    guests = [Guest(node, name) for name in names]
    for guest in guests:
        await guest.ask(Join(TEA))
    return guests


async def say(guest: Guest, text: str, *files: FileView | FileId) -> object:
    """Say something with files, and return the answer."""
    ids = tuple(file if isinstance(file, str) else file.id for file in files)
    answer = await guest.ask(Say(TEA, text, files=ids))
    return answer.code if isinstance(answer, Refusal) else without_ids(answer)


async def shown_in(guest: Guest, room: str = TEA) -> list[tuple[str, tuple[FileView, ...]]]:
    """Return what somebody reads in a room, each message with its files."""
    history = await guest.ask(FindHistory(room, 100))
    assert isinstance(history, History)
    events = [record.event for record in history.records]
    return [(event.text, event.files) for event in events if isinstance(event, Said)]


async def test_a_message_shows_files(node: FileNode) -> None:
    """In their order, each once, with a text or without; everybody who has the link reads them from then on."""
    ann, bob = await arrive(node, "ann", "bob")
    one, two = await node.send(ann), await node.send(ann, b"two", "two.txt")
    assert await say(ann, "look", two, one, two) == DONE
    assert await say(ann, "", one) == DONE
    await node.settle()
    said = [record.event for record in bob.heard if isinstance(record.event, Said)]
    assert [(event.text, event.files) for event in said] == [("look", (two, one)), ("", (one,))]
    assert await shown_in(bob) == [("look", (two, one)), ("", (one,))]
    for reader in (ann, bob, None):
        assert await node.read(reader, one.id) == HELLO


@pytest.mark.parametrize("text", ["look", ""])
async def test_whose_files_can_be_shown(node: FileNode, text: str) -> None:
    """One's own, finished; nobody learns whether another's is there. Nothing is said then."""
    ann, bob = await arrive(node, "ann", "bob")
    his = await node.send(bob)
    coming = await node.uploading.begin(ann.session.person, "x", 100)
    own = await node.send(ann)
    for wrong in (his.id, coming.id, FileId("nothing"), FileId("../x")):
        assert await say(ann, text, own, wrong) == "no_such_file"
    assert await say(ann, text, *[FileId(f"{n}") for n in range(11)]) == "too_many_files"
    assert await shown_in(bob) == []


async def test_a_message_is_not_empty_with_a_file(node: FileNode) -> None:
    """Nor is it with spaces and a file; without one it is."""
    (ann,) = await arrive(node, "ann")
    one = await node.send(ann)
    assert await say(ann, " \n\x07 ", one) == DONE
    assert await say(ann, " \n\x07 ") == "empty"
    assert await shown_in(ann) == [("", (one,))]


async def test_answers_come_in_order(node: FileNode) -> None:
    """What is said behind a file is said behind it, however many do not wait."""
    (ann,) = await arrive(node, "ann")
    one = await node.send(ann)
    for request in (Say(TEA, "1"), Say(TEA, "2", files=(one.id,)), Say(TEA, "3"), Say(TEA, "4", files=(FileId("-"),))):
        ann.send(request)
    ann.send(Say(TEA, "5"))
    answers = await ann.answers()
    assert [isinstance(answer, Refusal) for answer in answers] == [False, False, False, True, False]
    assert [text for text, _ in await shown_in(ann)] == ["1", "2", "3", "5"]


async def test_files_stand_with_answers_and_with_what_is_told_to_many(node: FileNode) -> None:
    """The same file in several conversations; each of them may read it, whatever becomes of the others."""
    ann, bob, carol = await arrive(node, "ann", "bob", "carol")
    node.filing.open_links = False
    one = await node.send(ann)
    told = await ann.ask(Tell(("bob", "carol"), "", files=(one.id,)))
    assert isinstance(told, Told)
    assert {outcome.status for outcome in told.outcomes} == {"delivered"}
    for reader in (bob, carol):
        assert await node.read(reader, one.id) == HELLO
    await bob.ask(Say(TEA, "what?"))
    two = await node.send(ann, b"two")
    await ann.ask(Reply(LastMessage(TEA), "that", files=(two.id,)))
    assert await shown_in(carol) == [("what?", ()), ("that", (two,))]
    assert await node.read(carol, two.id) == b"two"


async def test_an_edit_keeps_the_files(node: FileNode) -> None:
    """It changes the words alone."""
    (ann,) = await arrive(node, "ann")
    one = await node.send(ann)
    await say(ann, "lok", one)
    await ann.ask(Edit(LastMessage(TEA), "look"))
    assert await shown_in(ann) == [("look", (one,))]


async def test_without_open_links_only_who_may_read_the_message_reads_the_file(node: FileNode) -> None:
    """Whoever leaves does not any more; whoever may not read what was said before him does not; its owner does."""
    node.filing.open_links = False
    olga, bob, carol, eve = [await sign_up(node, name) for name in ("olga", "bob", "carol", "eve")]
    await olga.ask(Join(TEA))
    await olga.ask(ChangeSettings(TEA, Change(history="joined")))
    await bob.ask(Join(TEA))
    one = await node.send(bob)
    await say(bob, "look", one)
    await carol.ask(Join(TEA))
    assert await node.read(olga, one.id) == HELLO
    for other in (carol, eve, None):
        assert await refused(node.read(other, one.id)) == "no_such_file"
    await olga.ask(ChangeSettings(TEA, Change(history="everyone")))
    assert await node.read(carol, one.id) == HELLO
    await carol.ask(Leave(TEA))
    assert await refused(node.read(carol, one.id)) == "no_such_file"
    await bob.ask(Leave(TEA))
    assert await node.read(bob, one.id) == HELLO


# How they go


async def test_a_file_goes_with_the_last_message_that_shows_it(node: FileNode) -> None:
    """Its link is worth nothing at once, and with the next sweep nothing of it is there; others' same content is."""
    ann, bob = await arrive(node, "ann", "bob")
    one, other = await node.send(ann), await node.send(bob)
    await say(bob, "mine", other)
    await say(ann, "1", one)
    await say(ann, "2", one)
    await ann.ask(Delete(LastMessage(TEA, "mine")))
    await node.sweep()
    assert await node.read(None, one.id) == HELLO
    await ann.ask(Delete(LastMessage(TEA, "mine")))
    assert await refused(node.read(None, one.id)) == "no_such_file"
    await node.sweep()
    assert await node.shelf.find_file(one.id) is None
    assert await node.read(None, other.id) == HELLO
    assert len(await node.kept_blobs()) == 1
    await bob.ask(Delete(LastMessage(TEA, "mine")))
    await node.sweep()
    assert await node.kept_blobs() == set()


async def test_whoever_is_downloading_goes_on(node: FileNode) -> None:
    """Though the message is deleted, and the file with it."""
    (ann,) = await arrive(node, "ann")
    one = await node.send(ann)
    await say(ann, "", one)
    opened = await node.filing.open(one.id, None)
    await ann.ask(Delete(LastMessage(TEA)))
    await node.sweep()
    assert await opened.content.read(0, 100) == HELLO
    opened.content.close()


async def test_what_is_erased_takes_its_files(node: FileNode) -> None:
    """Retention too."""
    (ann,) = await arrive(node, "ann")
    one = await node.send(ann)
    await say(ann, "", one)
    live = await node.open_channel(TEA)
    await node.store.erase_messages(live.id, node.clock.time_ms() + 1, None)
    node.filing.tidying.notice_removal()
    await node.sweep()
    assert await node.shelf.find_file(one.id) is None
    assert await node.kept_blobs() == set()


async def test_what_nobody_uses_goes_in_time(node: FileNode) -> None:
    """Files that no message shows, and uploads of which nothing more comes; a day later, not before."""
    (ann,) = await arrive(node, "ann")
    one = await node.send(ann)
    upload = await node.uploading.begin(ann.session.person, "x", 100)
    await node.sweep(LIMITS.upload_seconds - 1)
    assert await node.read(ann, one.id) == HELLO
    await node.uploading.append(ann.session.person, upload.id, 0, pieces(HELLO))
    await node.sweep(LOOK_SECONDS)
    assert await refused(node.read(ann, one.id)) == "no_such_file"
    assert await node.kept_blobs() == set()
    assert (await node.uploading.progress(ann.session.person, upload.id)).offset == len(HELLO)
    await node.sweep(LIMITS.upload_seconds + 1)
    assert await refused(node.uploading.progress(ann.session.person, upload.id)) == "no_such_file"
    assert node.parts() == []


async def test_what_is_being_shown_does_not_go(node: FileNode) -> None:
    """Though it was to go in the very moment in which a message shows it."""
    (ann,) = await arrive(node, "ann")
    one = await node.send(ann)
    await say(ann, "", one)
    await ann.ask(Delete(LastMessage(TEA)))
    async with node.filing.showing(ann.id, [one.id]):
        async with node.filing.showing(ann.id, [one.id]):
            pass
        await node.sweep()
        assert await node.read(ann, one.id) == HELLO
    await node.sweep(LOOK_SECONDS)
    assert await refused(node.read(ann, one.id)) == "no_such_file"


async def test_whoever_deletes_his_account_takes_what_he_never_showed(node: FileNode, at_once: None) -> None:
    """What stands in rooms stays there, as what he said does."""
    del at_once
    ann = await sign_up(node, "ann")
    await ann.ask(Join(TEA))
    shown, unshown = await node.send(ann), await node.send(ann, b"unshown")
    await say(ann, "", shown)
    ann.send(DeleteAccount(PASSWORD))
    await node.answer_all()
    await node.sweep()
    assert await node.read(None, shown.id) == HELLO
    assert await node.shelf.find_file(unshown.id) is None


# What is left by a server that was killed


async def test_a_server_is_killed_before_a_file_is_known(place: FilePlace) -> None:
    """Its content is there, and nobody knows it: it goes, an hour later."""
    async with place.running() as node:
        ann = Guest(node, "ann")
        node.shelf.fails = lambda method: method in {"add_file", "drop_upload"}
        with pytest.raises(Exception, match="full"):
            await node.send(ann)
        assert len(await node.kept_blobs()) == 1
    async with place.running() as node:
        await node.sweep()
        assert len(await node.kept_blobs()) == 1, "somebody may just be about to note it"
        await node.sweep(max(REPAIR_SECONDS, GRACE_MS / 1_000 + 1))
        assert await node.kept_blobs() == set()
        assert node.parts() == []


async def test_a_server_is_killed_when_a_file_is_forgotten(place: FilePlace) -> None:
    """And before its content is: it goes, too, unless somebody has sent the same since."""
    async with place.running() as node:
        (ann,) = await arrive(node, "ann")
        one, two = await node.send(ann), await node.send(ann, b"two")
        await say(ann, "", one, two)
        await ann.ask(Delete(LastMessage(TEA)))
        node.shelf.fails = lambda method: method == "drop_file"
        for _ in range(2):
            with pytest.raises(Exception, match="full"):
                await node.sweep()
        assert len(await node.kept_blobs()) == 2
    async with place.running() as node:
        bob = Guest(node, "bob")
        again = await node.send(bob)
        await node.sweep(max(LOOK_SECONDS, GRACE_MS / 1_000 + 1))
        assert await node.read(bob, again.id) == HELLO
        assert len(await node.kept_blobs()) == 1


async def test_a_server_is_killed_before_an_upload_is_known(place: FilePlace) -> None:
    """A part that nobody knows goes; one that is an upload's, or is being written, stays."""
    async with place.running() as node:
        ann = Guest(node, "ann")
        upload = await node.uploading.begin(ann.session.person, "x", 100)
        await node.spool.create("unknown")
        for part in node.parts():
            os.utime(node.spool.path(part), (1, 1))
        await node.sweep()
        assert node.parts() == [upload.id]


async def test_while_the_store_fails_nothing_is_lost(node: FileNode) -> None:
    """A sweep that fails is made up for."""
    (ann,) = await arrive(node, "ann")
    one = await node.send(ann)
    await say(ann, "", one)
    await ann.ask(Delete(LastMessage(TEA)))
    await node.sweep()
    assert await node.kept_blobs() == set()


async def test_what_is_sent_while_the_same_is_deleted_is_there(node: FileNode, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever deletes it has looked whether anybody needs it; from then on nobody may put it until it is gone."""
    ann, bob = await arrive(node, "ann", "bob")
    await say(ann, "", await node.send(ann))
    await ann.ask(Delete(LastMessage(TEA)))
    deleting, go_on, delete = asyncio.Event(), asyncio.Event(), node.blobs.delete

    async def slow(digest: Digest) -> None:
        deleting.set()
        await go_on.wait()
        await delete(digest)

    monkeypatch.setattr(node.blobs, "delete", slow)
    sweeping = asyncio.ensure_future(node.sweep())
    await deleting.wait()
    sending = asyncio.ensure_future(node.send(bob))
    await node.spool.came_again.wait()
    await turns(100)
    go_on.set()
    await sweeping
    assert await node.read(bob, (await sending).id) == HELLO


async def test_many_send_show_and_delete_the_same_at_once(node: FileNode) -> None:
    """At the end there is exactly what messages show."""
    guests = await arrive(node, *"abcdef")

    async def live(guest: Guest, number: int) -> None:
        for turn in range(6):
            view = await node.send(guest, name=f"{number}-{turn}")
            await guest.ask(Say(TEA, "", files=(view.id,)))
            if (number + turn) % 3:
                await guest.ask(Delete(LastMessage(TEA, "mine")))
            await node.filing.tidying.sweep()

    await asyncio.gather(*(live(guest, number) for number, guest in enumerate(guests)))
    await node.sweep()
    shown = [view for _, views in await shown_in(guests[0]) for view in views]
    assert shown
    for view in shown:
        assert await node.read(None, view.id) == HELLO
    assert len(await node.kept_blobs()) == 1


# Finding them


@pytest.mark.parametrize(
    ("query", "found"),
    [("has:file", ["look", "", ""]), ("holiday", ["", "look"]), ("holiday has:file", ["", "look"]), ("picnic", [])],
)
async def test_files_are_found(node: FileNode, query: str, found: list[str]) -> None:
    """By there being one, and by the words of their names."""
    (ann,) = await arrive(node, "ann")
    await say(ann, "nothing")
    await say(ann, "look", await node.send(ann, name="Holiday-2026.txt"))
    await say(ann, "", await node.send(ann, name="holiday.txt"))
    await say(ann, "", await node.send(ann, name="other.txt"))
    answer = await ann.ask(FindMessages(query, 50))
    assert isinstance(answer, Found)
    assert sorted(text_of(hit.record) for hit in answer.hits) == sorted(found)
