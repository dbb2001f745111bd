"""Traits: what programs note about a person or a channel for other programs, each under a key.

IRC's METADATA is such a thing (https://ircv3.net/specs/extensions/metadata): `avatar`, `pronouns`, `url` of a channel.
"""

import re
from typing import Final

from hubbub.core.kinds import Command, Event, Refused
from hubbub.core.room import Room
from hubbub.core.texts import clean_line

TRAIT_LIMIT: Final = 20
"""Most traits of one person or channel. With the longest values they are 6 000 characters for whoever asks."""

TRAIT_LENGTH: Final = 300
"""Longest value, in characters: an address, and what fits into one IRC line beside its key."""

_KEY: Final = re.compile("[a-z0-9_./-]{1,64}")
"""What a trait may be called. IRCv3 "Metadata", Keys and Values, without what is different in its drafts."""


class SetTrait(Command, frozen=True):
    """Note something about oneself, or a channel of one's own, under a key."""

    key: str
    value: str | None
    """None takes it away; an empty one is a value like others."""
    subject: str = ""
    """A channel's name; empty for oneself."""


class TraitSet(Event, frozen=True):
    """Somebody has noted something about himself, or about the channel, or has taken it away."""

    key: str
    value: str | None


def is_key(text: str) -> bool:
    """Return whether a trait may be called so."""
    return _KEY.fullmatch(text) is not None


def apply_trait_set(room: Room, event: TraitSet) -> None:
    """Note the trait of the room, or of its person."""
    if event.value is None:
        room.traits.pop(event.key, None)
    else:
        room.traits[event.key] = event.value


def decide_trait(room: Room, command: SetTrait) -> str | None:
    """Return the value that a trait is to have.

    Raises `Refused` with `bad_setting`, `too_long` or `list_full`, and with `unchanged` where there is nothing to be
    taken away.
    """
    if not is_key(command.key):
        raise Refused("bad_setting", "A trait is called by up to 64 of a-z, 0-9 and _ . / - ")
    if command.value is None:
        if command.key not in room.traits:
            raise Refused("unchanged", f"There is no trait {command.key}.")
        return None
    value = clean_line(command.value)
    if len(value) > TRAIT_LENGTH:
        raise Refused("too_long", f"That trait has {len(value)} characters, and {TRAIT_LENGTH} is the most.")
    if len(room.traits) >= TRAIT_LIMIT and command.key not in room.traits:
        raise Refused("list_full", f"There are {TRAIT_LIMIT} traits already, the most. Take one away.")
    return value
