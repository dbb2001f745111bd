"""Recounting: what is noted wrongly is found, told and mended; what is right stays as it is."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hubbub.core.features.annotating import Delete, Edit
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Say, Tell
from hubbub.core.kinds import Seq
from hubbub.core.notes import LastMessage
from hubbub.core.room import LOBBY
from hubbub.service.recounting import Difference, Recounting, Report
from tests.service.guests import Guest
from tests.service.members import register
from tests.service.node import Node, running
from tests.stores.places import database_place


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the file of a database."""
    return tmp_path / "data" / "hubbub.db"


@pytest.fixture
async def node(path: Path) -> AsyncIterator[Node]:
    """Run a node on the database, where Ann and Bob have talked."""
    storage = database_place(str(path)).make_storage()
    await storage.store.open()
    async with running(Node(storage=storage)) as node:
        ann, bob = Guest(node, "ann"), Guest(node, "bob")
        for one in (ann, bob):
            await register(one)
            await one.ask(Join(LOBBY))
        for text in ("@ann one", "@ann two", "three"):
            await bob.ask(Say(LOBBY, text))
        await bob.ask(Edit(LastMessage(LOBBY, "mine"), "@ann three"))
        await bob.ask(Say(LOBBY, "@ann four"))
        await bob.ask(Delete(LastMessage(LOBBY, "mine")))
        await bob.ask(Tell(("ann",), "@ann alone"))
        yield node
    await storage.store.close()


async def recount(node: Node) -> Report:
    """Count again."""
    return await Recounting(node.house, node.rooms, node.store, node.notebook, node.unread).run()


def spoil(path: Path, statement: str, *values: object) -> None:
    """Do something to the database that nothing of ours would do."""
    with sqlite3.connect(path) as raw:
        raw.execute(statement, values)
    raw.close()


async def test_what_is_right_differs_in_nothing(node: Node) -> None:
    """Whatever was said, edited and deleted."""
    assert await recount(node) == Report(2, 5, ())


async def test_mentions_are_mended(node: Node, path: Path) -> None:
    """Those that are missing and those that nobody has said; then nothing differs any more."""
    seqs = sorted(it.seq for it in await node.notebook.load_mentions(node.house.channels[LOBBY].id))
    spoil(path, "DELETE FROM mentions WHERE seq = ?", seqs[0])
    spoil(path, "UPDATE mentions SET person = 'nobody' WHERE seq = ?", seqs[1])
    assert (await recount(node)).differences == (
        Difference(LOBBY, "missing mention", "ann", seqs[0], is_mended=True),
        Difference(LOBBY, "missing mention", "ann", seqs[1], is_mended=True),
        Difference(LOBBY, "wrong mention", "nobody", seqs[1], is_mended=True),
    )
    assert (await recount(node)).differences == ()


async def test_wrong_counts_are_told(node: Node, path: Path) -> None:
    """What a count is computed from is not mended, but nobody is left to believe it."""
    spoil(path, "UPDATE records SET author = 'nobody' WHERE author IS NULL AND message_seq IS NOT NULL")
    assert (await recount(node)).differences == (
        Difference(LOBBY, "wrong count", "ann", Seq(0), is_mended=False),
        Difference(LOBBY, "wrong count", "bob", Seq(0), is_mended=False),
    )
