"""Traits: what programs note about people and channels is there for others to ask, as long as they are."""

from hubbub.core.features.membership import Join
from hubbub.core.features.settings import ChangeSettings
from hubbub.core.features.traits import SetTrait, TraitSet
from hubbub.core.people_answers import TraitList
from hubbub.core.queries import ListTraits
from hubbub.core.room_settings import Change
from hubbub.core.scene import DONE
from hubbub.core.signals import Portraying
from tests.service.guests import Guest
from tests.service.members import code_of, log_in, sign_up
from tests.service.node import Node


async def test_whoever_asks_learns_it(node: Node) -> None:
    """Of those with an account also when they are not here; of a guest nothing is left when he has gone."""
    ann, gus, bob = await sign_up(node, "ann"), Guest(node, "gus"), Guest(node, "bob")
    telephone = await log_in(node, "ann")
    for one in (ann, gus):
        assert await one.ask(SetTrait("pronouns", "she/her")) == DONE
    assert telephone.signals == [Portraying("ann", "pronouns", "she/her")]
    for one in (ann, gus):
        assert await bob.ask(ListTraits(one.name)) == TraitList(one.name, {"pronouns": "she/her"})
    assert await bob.ask(ListTraits("bob")) == TraitList("bob", {})
    for one in (ann, telephone, gus):
        one.leave()
    await node.settle()
    for _ in range(2):
        await node.rooms.sweep()
    assert await bob.ask(ListTraits("ANN")) == TraitList("ann", {"pronouns": "she/her"})
    assert await code_of(bob.ask(ListTraits("gus"))) == "unknown_person"
    assert await bob.ask(ListTraits("bob")) == TraitList("bob", {})
    assert await Guest(node, "gus").ask(ListTraits("gus")) == TraitList("gus", {})


async def test_a_channel_s_are_its_owners(node: Node) -> None:
    """Members are told of them, and others may ask, unless they may not know that it is there."""
    ann, bob, stranger = await sign_up(node, "ann"), Guest(node, "bob"), Guest(node, "stranger")
    for one in (ann, bob):
        await one.ask(Join("#tea"))
    assert await ann.ask(SetTrait("url", "https://example.org/", "#tea")) == DONE
    assert bob.signals == [Portraying("#tea", "url", "https://example.org/")]
    assert bob.heard_of(TraitSet), "what it sounds like is the dialect's business"
    assert await code_of(bob.ask(SetTrait("url", "x", "#tea"))) == "not_allowed"
    assert await stranger.ask(ListTraits("#Tea")) == TraitList("#tea", {"url": "https://example.org/"})
    await ann.ask(ChangeSettings("#tea", Change(access="private")))
    assert await code_of(stranger.ask(ListTraits("#tea"))) == "no_such_room"
