"""Metadata: what programs note about people and channels, told to clients that want to know it.

draft/metadata-3, as https://github.com/ircv3/ircv3-specifications/pull/613 has it; the core calls them traits. All of
them are visible to everybody who may know of whom they are about.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from hubbub.core.kinds import Refusal, RefusalCode
from hubbub.core.room import Room
from hubbub.core.signals import Portraying
from hubbub.gateways.irc.batches import batch
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.talk import Talk, as_parameter
from hubbub.wire.irc.numerics import Numeric

SYNCED: Final = 100
"""How many members a channel has at most of whom all is told at once, with up to 20 lines each."""

TOLD: Final = 1_000
"""How much of one channel and its members is told at most: half of what may wait for a reader."""

LATER_SECONDS: Final = 2
"""After how long a client may ask about the members of a larger one."""

EVERYBODY: Final = "*"
"""Who may see it."""

BATCH_TYPE: Final = "metadata"

UNKNOWN: Final = frozenset[RefusalCode]({"unknown_person", "no_such_room", "bad_room_name"})
"""Why there is nothing about which anything could be noted."""


def key_value(talk: Talk, target: str, key: str, value: str | None) -> bytes:
    """Tell what is noted under a key, or that nothing is."""
    if value is None:
        return talk.numeric(Numeric.RPL_KEYNOTSET, target, key, text="Nothing is noted under that key")
    return talk.numeric(Numeric.RPL_KEYVALUE, target, key, EVERYBODY, text=value)


def together(talk: Talk, target: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Tell several of them, in a batch to those who know what that is."""
    if talk.has(Capability.BATCH):
        yield from batch(talk, BATCH_TYPE, lines, target)
    else:
        yield from lines


def introduce(talk: Talk) -> Iterator[bytes]:
    """Tell a client that has just come in what is noted about its person."""
    if talk.has(Capability.METADATA):
        traits = talk.settings.house.traits_of(talk.require_person().id)
        yield from together(talk, talk.nick, _all(talk, talk.nick, traits, traits))


def changed(talk: Talk, signal: Portraying) -> Iterator[bytes]:
    """Tell that something else is noted now."""
    if talk.has(Capability.METADATA) and signal.key in talk.subscriptions:
        yield key_value(talk, signal.subject, signal.key, signal.value)


def sync_person(talk: Talk, name: str) -> Iterator[bytes]:
    """Tell what is noted about somebody who is here, as far as the client wants to know."""
    person = talk.settings.house.find_named(name)
    if person is not None:
        traits = talk.settings.house.traits_of(person.id)
        yield from together(talk, person.name, _all(talk, person.name, traits, talk.subscriptions))


def sync_room(talk: Talk, room: Room, keys: Collection[str]) -> Iterator[bytes]:
    """Tell what is noted about a channel and its members under some keys."""
    yield from together(talk, room.name, islice(_room(talk, room, keys), TOLD))


def sync_joined(talk: Talk, room: Room) -> Iterator[bytes]:
    """Tell it of a channel that the client has just come into."""
    if not talk.has(Capability.METADATA) or not talk.subscriptions:
        return
    if len(room.members) > SYNCED:
        later = str(LATER_SECONDS)
        yield talk.numeric(Numeric.RPL_METADATASYNCLATER, room.name, later, text="There are many: ask with SYNC")
    else:
        yield from sync_room(talk, room, talk.subscriptions)


def _room(talk: Talk, room: Room, keys: Collection[str]) -> Iterator[bytes]:
    yield from _all(talk, room.name, room.traits, keys)
    house = talk.settings.house
    for person, member in tuple(room.members.items()):
        yield from _all(talk, member.name, house.traits_of(person), keys)


def _all(talk: Talk, target: str, traits: Mapping[str, str], keys: Collection[str]) -> Iterator[bytes]:
    for key, value in tuple(traits.items()):
        if key in keys:
            yield key_value(talk, target, key, value)


def invalid_key(talk: Talk, key: str) -> bytes:
    """Return that nothing can be noted under such a key."""
    return talk.fail("METADATA", "INVALID_KEY", as_parameter(key), text="A key has up to 64 of a-z, 0-9 and _ . / -")


def invalid_target(talk: Talk, target: str) -> bytes:
    """Return that nothing can be noted about that."""
    return talk.fail("METADATA", "INVALID_TARGET", as_parameter(target), text="There is nobody and nothing called so")


def refused(talk: Talk, target: str, key: str, refusal: Refusal) -> bytes:
    """Return why something is not noted."""
    target, key = as_parameter(target), as_parameter(key)
    if refusal.code in UNKNOWN:
        return invalid_target(talk, target)
    code, *context = {
        "bad_setting": ("INVALID_KEY", key),
        "too_long": ("INVALID_VALUE", key),
        "list_full": ("LIMIT_REACHED", target),
        "not_allowed": ("KEY_NO_PERMISSION", target, key),
    }.get(refusal.code, (refusal.code.upper(), target, key))
    return talk.fail("METADATA", code, *context, text=refusal.sentence)
