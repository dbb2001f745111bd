"""Targets: whom somebody means who wants to keep people out."""

from collections.abc import Iterable

from hubbub.core.bans import MASK_LIMIT, Ban, Exemption, Target, parse_kind
from hubbub.core.house import House, Person
from hubbub.core.kinds import Refused
from hubbub.core.names import find_key, find_pattern_key
from hubbub.core.patterns import PATTERN_LIMIT


def parse_target(house: House, text: str) -> tuple[Target, Person | None]:
    """Return whom a text means, as `bans.parse_kind` or else as a name; and who is called so, if somebody is.

    Raises `Refused` with `bad_pattern` or `unknown_person`.
    """
    limit = MASK_LIMIT if any(mark in text for mark in "!@:") else PATTERN_LIMIT
    target = parse_kind(text) if len(text) <= limit and text.isprintable() else None
    if not text or len(text) > limit or not text.isprintable() or (target is not None and not target.mask):
        raise Refused(
            "bad_pattern",
            f"Write a name, a pattern such as spam*, account:NAME, or an address, of {PATTERN_LIMIT} letters.",
        )
    if target is not None:
        return target, None
    person = house.find_named(text)
    if person is not None:
        is_guest = house.account_of(person.id) is None
        return Target("person", person.id, person.name, person.key if is_guest else ""), person
    key = find_key(text)
    if not key:
        raise Refused("unknown_person", f"Nobody can be called '{text}'.")
    # A guest who is gone already is known by nothing else than his name.
    return Target("pattern", key, text), None


def find_target(house: House, listed: Iterable[Ban | Exemption], text: str) -> Target | None:
    """Return the entry of a list that a text means, named as it is shown or by whom it concerns, or None."""
    person, kind, key = house.find_named(text), parse_kind(text), find_pattern_key(text)
    masks = {key, None if kind is None else kind.mask, None if person is None else person.id}
    for one in listed:
        if one.target.mask in masks or find_pattern_key(one.target.shown) == key:
            return one.target
    return None
