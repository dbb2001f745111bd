"""Conversations of two: with whom they are, and what they are called for each of the two."""

from typing import Final

from hubbub.core.directory import DELETED
from hubbub.core.house import House
from hubbub.core.kinds import PersonId

CONVERSATION: Final = "@"
"""Before a name, stands for the conversation with whoever is called so."""

GONE: Final = "a guest who left"
"""What somebody is called with whom one talked, and who is never seen again."""


def partner(person: PersonId, key: str) -> PersonId:
    """Return with whom somebody is in the conversation of that key: with himself, if he talks to himself."""
    return next((PersonId(one) for one in key.split() if one != person), person)


def called_now(house: House, person: PersonId) -> str:
    """Return what somebody is called at present, or what stands for him if nobody is to know, or does."""
    found = house.find_by_id(person)
    if found is not None:
        return found.name
    return DELETED if person in house.directory.closed else GONE


def conversation_name(house: House, person: PersonId, key: str) -> str:
    """Return what a conversation, by its key, is called for one of the two: `@` and the other's name, if he has one."""
    other = partner(person, key)
    name = called_now(house, other)
    return name if house.find_by_id(other) is None else CONVERSATION + name
