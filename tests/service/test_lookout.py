"""The lookout: connections are told when people come and go, and, if they want, what becomes of them."""

from hubbub.core.attention_requests import WATCHED_LIMIT, WatchPeople
from hubbub.core.features.membership import Join
from hubbub.core.features.portraits import Describe
from hubbub.core.features.renaming import Rename
from hubbub.core.features.traits import SetTrait
from hubbub.core.people_answers import PeopleWatched
from hubbub.core.room import LOBBY
from hubbub.core.signals import Arriving, Departing, Describing, Portraying
from tests.service.guests import Guest
from tests.service.members import log_in, sign_up
from tests.service.node import Node


async def test_coming_and_going(node: Node) -> None:
    """By whatever name; who only changes capitals neither comes nor goes."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    assert await ann.ask(WatchPeople(("BOB", "carol", "?"))) == PeopleWatched(("bob",), ("carol", "?"))
    await bob.ask(Rename("Bob"))
    await bob.ask(Rename("carol"))
    assert ann.signals == [Departing("Bob"), Arriving("carol")]
    bob.leave()
    assert ann.signals[2:] == [Departing("carol")]
    ann.forget()
    assert await ann.ask(WatchPeople(("carol",), is_watching=False)) == PeopleWatched((), ())
    Guest(node, "carol")
    Guest(node, "bob")
    assert ann.signals == [Arriving("bob")]


async def test_the_first_and_the_last_connection(node: Node) -> None:
    """Whoever has an account is here as long as one of his connections is."""
    ann, dora = Guest(node, "ann"), await sign_up(node, "dora")
    await ann.ask(WatchPeople(("dora",)))
    telephone = await log_in(node, "dora")
    dora.leave()
    assert ann.signals == []
    telephone.leave()
    await log_in(node, "dora")
    assert ann.signals == [Departing("dora"), Arriving("dora")]


async def test_a_connection_that_is_gone(node: Node) -> None:
    """Nothing of it is kept."""
    ann = Guest(node, "ann")
    await ann.ask(WatchPeople(("bob", "carol")))
    ann.leave()
    Guest(node, "bob")
    assert ann.signals == []
    assert not node.sessions.lookout.is_busy


async def test_too_many(node: Node) -> None:
    """Those beyond the limit are named, and whoever is looked out for already does not count again."""
    ann = Guest(node, "ann")
    names = tuple(f"n{number}" for number in range(WATCHED_LIMIT))
    assert await ann.ask(WatchPeople(names)) == PeopleWatched((), names)
    assert await ann.ask(WatchPeople(("bob", "n1"))) == PeopleWatched((), ("n1",), ("bob",))
    Guest(node, "bob")
    assert ann.signals == []


async def test_looking_closely(node: Node) -> None:
    """Whoever wants to know is told what becomes of somebody, once, and nothing that is about a room."""
    ann, dull, bob = Guest(node, "ann"), Guest(node, "dull"), await sign_up(node, "bob")
    await ann.ask(WatchPeople(("bob",), closely=True))
    await dull.ask(WatchPeople(("bob",)))
    await bob.ask(Join("#tea"))
    await bob.ask(Describe("Bob of Tea"))
    await bob.ask(SetTrait("color", "red"))
    await bob.ask(SetTrait("url", "https://tea.example.org", "#tea"))
    assert ann.signals == [Describing("bob", "Bob of Tea"), Portraying("bob", "color", "red")]
    assert dull.signals == []
    ann.forget()
    await ann.ask(Join(LOBBY))
    await bob.ask(Join(LOBBY))
    await bob.ask(Describe("Bob"))
    assert ann.signals == [Describing("bob", "Bob")]
