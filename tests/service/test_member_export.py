"""Printing a room: as much of it as fits, by the rules of its history, and nothing that only operators may know."""

import json
from typing import Any, Final

from hubbub.core.features.annotating import Edit, React
from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Say, Tell
from hubbub.core.features.settings import ChangeSettings
from hubbub.core.kinds import Refusal
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Exported
from hubbub.core.notes import LastMessage
from hubbub.core.queries import HISTORY_LIMIT, FindExport
from hubbub.core.room_settings import Change
from tests.service.guests import Guest
from tests.service.members import sign_up
from tests.service.node import Node, running

TEA: Final = "#tea"


async def export(guest: Guest) -> tuple[list[Any], Exported]:
    """Return the lines that somebody gets as JSON, and the whole answer."""
    answer = await guest.ask(FindExport(TEA))
    assert isinstance(answer, Exported)
    return list(map(json.loads, answer.lines)), answer


def texts(lines: list[Any]) -> list[str]:
    """Return what was said."""
    return [line["text"] for line in lines if line.get("type") == "message"]


async def test_what_is_in_it() -> None:
    """Messages as they look now, by names and no ids; the room without who is in it; and whether it is all."""
    async with running(Node()) as node:
        ann, bob = Guest(node, "ann"), Guest(node, "bob")
        for guest in (ann, bob):
            await guest.ask(Join(TEA))
        await ann.ask(Say(TEA, "helo\u2028"))
        await ann.ask(Edit(LastMessage(TEA), "hello"))
        await bob.ask(React(LastMessage(TEA), "👍"))
        (header, room, message, end), answer = await export(bob)
    assert header["source"] == f"hubbub:{await node.store.load_identity()}"
    assert room.keys() == {"type", "id", "name"}
    assert message["reactions"] == {"👍": [{"name": "bob"}]}
    assert not {"author", "versions"} & message.keys()
    assert (message["text"], end["messages"]) == ("hello", 1)
    assert (answer.room, answer.messages, answer.is_all) == (TEA, 1, True)


async def test_who_may_not_read_may_not_export() -> None:
    """Whoever is not in, what was said before one came where that is hidden, and whom one blocks."""
    async with running(Node()) as node:
        ann, bob, carol = await sign_up(node, "ann"), Guest(node, "bob"), Guest(node, "carol")
        await ann.ask(Join(TEA))
        await ann.ask(ChangeSettings(TEA, Change(history="joined")))
        await ann.ask(Say(TEA, "before"))
        refused = await bob.ask(FindExport(TEA))
        assert isinstance(refused, Refusal)
        assert refused.code == "not_a_member"
        for guest in (bob, carol):
            await guest.ask(Join(TEA))
            await guest.ask(Say(TEA, f"by {guest.name}"))
        await bob.ask(Block(("carol",)))
        lines, answer = await export(bob)
        assert texts(lines) == ["by bob"]
        assert answer.is_all
        assert texts((await export(ann))[0]) == ["before", "by bob", "by carol"]
        await bob.ask(Leave(TEA))
        assert isinstance(await bob.ask(FindExport(TEA)), Refusal)


async def test_the_last_ones_that_fit() -> None:
    """No more messages than a page of history has, nor more bytes; what is left out is said to be."""
    async with running(Node(limits=Limits(outbox_bytes=40_000))) as node:
        ann = Guest(node, "ann")
        await ann.ask(Join(TEA))
        for number in range(30):
            await ann.ask(Say(TEA, f"{number} " + "x" * 1_000))
        lines, answer = await export(ann)
        assert not answer.is_all
        assert texts(lines)[-1].startswith("29 ")
        assert 0 < sum(map(len, answer.lines)) <= 10_000 + 500
        assert answer.messages == len(texts(lines)) == lines[-1]["messages"]
    async with running(Node()) as node:
        ann = Guest(node, "ann")
        await ann.ask(Join(TEA))
        for _ in range(HISTORY_LIMIT + 1):
            await ann.ask(Say(TEA, "x"))
        _, answer = await export(ann)
        assert (answer.messages, answer.is_all) == (HISTORY_LIMIT, False)


async def test_all_of_a_room_is_printed_page_by_page() -> None:
    """Each page says where the one before it ends; nothing is left out, and nothing comes twice."""
    async with running(Node()) as node:
        ann = Guest(node, "ann")
        await ann.ask(Join(TEA))
        for number in range(HISTORY_LIMIT + 100):
            await ann.ask(Say(TEA, str(number)))
        found, before, is_all = list[str](), None, False
        while not is_all:
            answer = await ann.ask(FindExport(TEA, before=before))
            assert isinstance(answer, Exported)
            assert answer.before == before
            found = texts([json.loads(line) for line in answer.lines]) + found
            before, is_all = answer.first, answer.is_all
        assert found == [str(number) for number in range(HISTORY_LIMIT + 100)]


async def test_what_is_longer_as_lines_than_in_history() -> None:
    """It is the lines that have to fit, and whoever gets fewer than his history shows is told so."""
    async with running(Node(limits=Limits(outbox_bytes=40_000))) as node:
        ann = Guest(node, "ann")
        await ann.ask(Join(TEA))
        for _ in range(8):
            await ann.ask(Say(TEA, '"' * 1_000))
        lines, answer = await export(ann)
        assert 0 < len(texts(lines)) < 8
        assert not answer.is_all


async def test_a_conversation() -> None:
    """Each of the two may keep what they have told each other; where they have not, there is nothing."""
    async with running(Node()) as node:
        ann, bob, carol = Guest(node, "ann"), Guest(node, "bob"), Guest(node, "carol")
        await ann.ask(Tell(("bob",), "hello"))
        answer = await bob.ask(FindExport("@ann"))
        assert isinstance(answer, Exported)
        _, room, message, _ = map(json.loads, answer.lines)
        assert (room["name"], room["kind"], message["text"]) == ("@ann", "direct", "hello")
        assert (answer.room, answer.messages, answer.is_all) == ("@ann", 1, True)
        assert await carol.ask(FindExport("@ann")) == Exported("@ann", (), 0, is_all=True)
        assert isinstance(await carol.ask(FindExport("@zoe")), Refusal)
