"""Portraits: what people say of themselves is seen by whoever asks, and kept for those who have an account."""

from hubbub.core.features.membership import Join
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.people_answers import PersonFound
from hubbub.core.queries import FindPerson, ListMembers
from hubbub.core.room import LOBBY
from hubbub.core.room_answers import Members, MemberView
from hubbub.core.scene import DONE
from hubbub.core.signals import Automating, Describing
from hubbub.service.scribe import TRY_AGAIN
from tests.service.guests import Guest
from tests.service.members import log_in, register, sign_up
from tests.service.node import Node
from tests.service.stores import ControlledStore


async def test_others_are_told_and_may_ask(node: Node) -> None:
    """Those in the same room once, at once; the asker's own other connections too, and not the one that asked."""
    ann, bob, stranger = await sign_up(node, "ann"), Guest(node, "bob"), Guest(node, "stranger")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    elsewhere = await log_in(node, "ann")
    assert await ann.ask(Describe("Ann Lee")) == DONE
    assert await ann.ask(MarkBot()) == DONE
    signals = [Describing("ann", "Ann Lee"), Automating("ann", True)]
    assert (bob.signals, elsewhere.signals) == (signals, signals)
    assert (ann.signals, stranger.signals) == ([], [])
    found = PersonFound("ann", True, True, None, None, (), "Ann Lee", is_bot=True)
    assert await stranger.ask(FindPerson("ann")) == found
    views = (MemberView("ann", None, is_bot=True, has_account=True), MemberView("bob", None))
    assert await bob.ask(ListMembers(LOBBY)) == Members(LOBBY, views)


async def test_of_whoever_has_an_account_it_is_known_when_he_is_not_here(node: Node) -> None:
    """And when he comes back; what he said before he had one as well."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    await ann.ask(Describe("Ann Lee"))
    await register(ann)
    await ann.ask(MarkBot())
    ann.leave()
    await node.settle()
    assert await bob.ask(FindPerson("ann")) == PersonFound("ann", True, False, None, None, (), "Ann Lee", is_bot=True)
    ann = await log_in(node, "ann")
    assert (ann.session.person.about, ann.session.person.is_bot) == ("Ann Lee", True)


async def test_of_a_guest_nothing_is_left(node: Node, store: ControlledStore) -> None:
    """Not in the store, and not for whoever is called so next."""
    ann = Guest(node, "ann")
    kept = store.everything()
    await ann.ask(Describe("Ann Lee"))
    assert store.everything() == kept
    ann.leave()
    assert Guest(node, "ann").session.person.about == ""


async def test_what_cannot_be_kept_is_not_told(node: Node, store: ControlledStore) -> None:
    """Of an account; it is as it was before."""
    ann, bob = await sign_up(node, "ann"), Guest(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    store.fails = "append".__eq__
    assert await ann.ask(Describe("Ann Lee")) == TRY_AGAIN
    assert (ann.session.person.about, bob.signals) == ("", [])
