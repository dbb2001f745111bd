"""Targets: whom somebody means who wants to keep people out."""

from collections.abc import Iterable

from hubbub.core.bans import Ban, Target, parse_network
from hubbub.core.house import House, Person
from hubbub.core.kinds import Refused
from hubbub.core.names import find_key, find_pattern_key
from hubbub.core.patterns import PATTERN_LIMIT, is_pattern


def parse_target(house: House, text: str) -> tuple[Target, Person | None]:
    """Return whom a text means: a pattern, an address or network, or else a name; and who is called so, if somebody is.

    Raises `Refused` with `bad_pattern` or `unknown_person`.
    """
    if not text or len(text) > PATTERN_LIMIT:
        raise Refused(
            "bad_pattern", f"Write a name, a pattern such as spam*, or an address, of {PATTERN_LIMIT} letters."
        )
    if is_pattern(text):
        return Target("pattern", find_pattern_key(text), text), None
    network = parse_network(text)
    if network is not None:
        return Target("address", network, network), None
    person = house.find_named(text)
    if person is not None:
        is_guest = house.account_of(person.id) is None
        return Target("person", person.id, person.name, person.key if is_guest else ""), person
    key = find_key(text)
    if not key:
        raise Refused("unknown_person", f"Nobody can be called '{text}'.")
    # A guest who is gone already is known by nothing else than his name.
    return Target("pattern", key, text), None


def find_target(house: House, bans: Iterable[Ban], text: str) -> Target | None:
    """Return the ban that a text means, named as it is shown or by whom it concerns, or None."""
    person, network, key = house.find_named(text), parse_network(text), find_pattern_key(text)
    masks = {network, key, None if person is None else person.id}
    for ban in bans:
        if ban.target.mask in masks or find_pattern_key(ban.target.shown) == key:
            return ban.target
    return None
