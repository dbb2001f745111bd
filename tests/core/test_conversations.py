"""Conversations of two: what they are called for each of the two, whatever became of the other."""

import pytest

from hubbub.core.conversations import GONE, called_now, conversation_name, partner
from hubbub.core.directory import DELETED
from hubbub.core.features.accounts import AccountClosed
from hubbub.core.room import direct_key
from tests.core.world import World, person_id

ANN, BOB, EVE = map(person_id, ("ann", "bob", "eve"))


def scene() -> World:
    """Ann is here, Bob has an account and is not, and Eve's account was closed."""
    world = World("ann")
    world.account("bob")
    world.account("eve")
    world.happen(world.house.require_directory(), AccountClosed(EVE, "eve", EVE))
    return world


@pytest.mark.parametrize(
    ("other", "name", "conversation"),
    [("ann", "ann", "@ann"), ("bob", "bob", "@bob"), ("eve", DELETED, DELETED), ("zoe", GONE, GONE)],
)
def test_what_a_conversation_is_called(other: str, name: str, conversation: str) -> None:
    """By whom it is with: here, away, gone for good, or oneself. What is no name has no mark before it."""
    house, key = scene().house, direct_key({ANN, person_id(other)})
    assert partner(ANN, key) == person_id(other)
    assert called_now(house, person_id(other)) == name
    assert conversation_name(house, ANN, key) == conversation
