"""Targets: whom somebody means who wants to keep people out."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from hubbub.core.bans import ACCOUNT, MASK_LIMIT, Ban, Exemption, Target, parse_kind, parse_network
from hubbub.core.house import House, Person
from hubbub.core.kinds import Refused
from hubbub.core.names import find_key, find_pattern_key
from hubbub.core.patterns import PATTERN_LIMIT

_EXTENDED: Final = re.compile(r"[~$]?[A-Za-z]+:")
"""How bans begin on IRC that are more than a mask. Here they would mean something else: no name has a `:`."""


def parse_target(house: House, text: str) -> tuple[Target, Person | None]:
    """Return whom a text means, as `bans.parse_kind` or else as a name; and who is called so, if somebody is.

    Raises `Refused` with `bad_pattern` or `unknown_person`.
    """
    limit = MASK_LIMIT if any(mark in text for mark in "!@:") else PATTERN_LIMIT
    is_fit = 0 < len(text) <= limit and text.isprintable() and not _is_foreign(text)
    target = parse_kind(text) if is_fit else None
    if not is_fit or (target is not None and not target.mask):
        raise Refused(
            "bad_pattern",
            f"Write a name, a pattern such as spam*, account:NAME, or an address, of {PATTERN_LIMIT} letters.",
        )
    if target is not None:
        return _settle(house, target)
    person = house.find_named(text)
    if person is not None:
        is_guest = house.account_of(person.id) is None
        return Target("person", person.id, person.name, person.key if is_guest else ""), person
    key = find_key(text)
    if not key:
        raise Refused("unknown_person", f"Nobody can be called '{text}'.")
    # A guest who is gone already is known by nothing else than his name.
    return Target("pattern", key, text), None


def _settle(house: House, target: Target) -> tuple[Target, Person | None]:
    """Return who has an account that is named in full: he would only have to be called something else."""
    person = house.find_named(target.mask) if target.kind == "account" else None
    if person is None or house.account_of(person.id) is None:
        return target, None
    return Target("person", person.id, target.shown), person


def _is_foreign(text: str) -> bool:
    """Return whether this is a ban as IRC alone has it."""
    is_own = text.lower().startswith(ACCOUNT) or parse_network(text) is not None
    return not is_own and _EXTENDED.match(text) is not None


def find_target(house: House, listed: Iterable[Ban | Exemption], text: str) -> Target | None:
    """Return the entry of a list that a text means, or None.

    It is the one that is written so; a name also means whichever concerns somebody who is called so.
    """
    targets = [one.target for one in listed]
    key, kind = find_pattern_key(text), parse_kind(text)
    found = _find_written(targets, key, kind)
    if found is not None or kind is not None:
        return found
    person = house.find_named(text)
    masks = {key, None if person is None else person.id}
    return next((one for one in targets if one.mask in masks), None)


def _find_written(targets: Sequence[Target], key: str, kind: Target | None) -> Target | None:
    """Return the entry that is shown so, or is written in another way; first the one that is shown just so."""
    for one in targets:
        if find_pattern_key(one.shown) == key:
            return one
    for one in targets:
        if (kind is not None and one.id == kind.id) or _mask_of_name(one) == key:
            return one
    return None


def _mask_of_name(target: Target) -> str:
    """Return how IRC writes a name or a pattern of names; "" for anything else."""
    return f"{find_pattern_key(target.shown)}!*@*" if target.kind in {"person", "pattern"} else ""
