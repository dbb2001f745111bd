"""The tally: what is counted is what happened."""

import pytest

from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Say
from hubbub.core.room import LOBBY
from hubbub.service.tally import Spread
from tests.service.guests import Guest
from tests.service.node import Node
from tests.service.stores import ControlledStore


@pytest.mark.parametrize(
    ("values", "counts"),
    [((), [0, 0, 0]), ((1, 0.5), [2, 0, 0]), ((1.5, 2), [0, 2, 0]), ((2.1, 1_000), [0, 0, 2])],
)
def test_each_value_is_counted_under_its_bound(values: tuple[float, ...], counts: list[int]) -> None:
    """A value that is the bound itself is not above it."""
    spread = Spread((1, 2))
    for value in values:
        spread.note(value)
    assert (spread.counts, spread.total) == (counts, sum(values))


async def test_records_and_deliveries_are_counted(node: Node) -> None:
    """One that is heard by two others, in one commit."""
    people = [Guest(node, name) for name in ("ann", "bob", "carol")]
    for person in people:
        await person.ask(Join(LOBBY))
    tally = node.tally
    kept, delivered, commits = tally.batches.total, tally.deliveries, sum(tally.commits.counts)
    await people[0].ask(Say(LOBBY, "hi"))
    assert tally.batches.total == kept + 1
    assert tally.deliveries >= delivered + 2
    assert sum(tally.commits.counts) == commits + 1


async def test_what_cannot_be_kept_is_counted(node: Node, store: ControlledStore) -> None:
    """It took its time, and made no records."""
    ann = Guest(node, "ann")
    await ann.ask(Join(LOBBY))
    kept = node.tally.batches.total
    store.fails = lambda _: True
    await ann.ask(Say(LOBBY, "hi"))
    assert (node.tally.failed_commits, node.tally.batches.total) == (1, kept)
    store.fails = lambda _: False
