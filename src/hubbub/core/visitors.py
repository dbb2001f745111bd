"""Visitors: somebody as the lists of a channel look at him, and which of them concern him."""

from collections.abc import Iterable

from hubbub.core.bans import Ban, Exemption, Visitor, concerns
from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.core.names import find_key
from hubbub.core.room import Room
from hubbub.core.terms import is_over


def visitor_of(house: House, person: PersonId, name: str) -> Visitor:
    """Return somebody as bans look at him: what he is called, and where he is connected from on this node."""
    present = house.people.get(person)
    return visitor_from(house, person, find_key(name), *(present.addresses if present is not None else ()))


def visitor_from(house: House, person: PersonId, key: str, *addresses: str) -> Visitor:
    """Return somebody with this comparison form who comes from there, and who need not be here yet."""
    account = house.account_of(person)
    host = house.host_of(person, *addresses)
    return Visitor(person, key, account is None, addresses, "" if account is None else account.key, host)


def find_ban(room: Room, visitor: Visitor, now_ms: int) -> Ban | None:
    """Return what keeps somebody out of a channel, or None."""
    return _find(room, room.bans.values(), visitor, now_ms)


def find_silence(room: Room, visitor: Visitor, now_ms: int) -> Ban | None:
    """Return what keeps somebody silent in a channel, or None."""
    return _find(room, room.silences.values(), visitor, now_ms)


def is_exempt(room: Room, visitor: Visitor) -> bool:
    """Return whether neither the bans nor the silences of a channel concern somebody."""
    return bool(room.exceptions) and _is_any(room.exceptions.values(), visitor)


def is_awaited(room: Room, visitor: Visitor) -> bool:
    """Return whether a channel takes somebody in as if he were invited, because he is one of those it always does."""
    return bool(room.awaited) and _is_any(room.awaited.values(), visitor)


def _find(room: Room, bans: Iterable[Ban], visitor: Visitor, now_ms: int) -> Ban | None:
    found = next((ban for ban in bans if not is_over(ban.term, now_ms) and concerns(ban.target, visitor)), None)
    return None if found is None or is_exempt(room, visitor) else found


def _is_any(listed: Iterable[Exemption], visitor: Visitor) -> bool:
    return any(concerns(one.target, visitor) for one in listed)
