"""WHO: the people in a channel, or those whom a mask fits.

https://modern.ircdocs.horse/#who-message; with chosen fields: https://ircv3.net/specs/extensions/whox

Whoever shares no channel with somebody finds him by his very name only: that is how user mode `i` works, and everybody
has it. Administrators find everybody.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from hubbub.core.bans import USER
from hubbub.core.names import find_pattern_key
from hubbub.core.patterns import PATTERN_LIMIT, is_pattern, matches
from hubbub.gateways.irc import costs
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.people import NOWHERE, Seen, flags, is_operator, real_name, seen_in, speakable
from hubbub.gateways.irc.talk import Step, Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric
from hubbub.wire.irc.whox import WhoOptions, parse_who_options, who_parameters

EVERYBODY: Final = frozenset({"", "0", "*"})
"""Masks that fit everybody. RFC 2812 section 3.6.1."""

LISTED: Final = 5_000
"""Most people one answer lists, some 100 bytes each: half of what may wait for a reader."""

OPERATORS_ONLY: Final = "o"


def who(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """List people."""
    mask = message.param(0)
    options = parse_who_options(message.param(1))
    looked_at = _among(talk, mask)
    yield from costs.of(len(looked_at))
    found = _fitting(talk, mask, looked_at)
    if OPERATORS_ONLY in options.flags:
        found = (seen for seen in found if is_operator(talk.settings.house, seen.person.id))
    for seen in islice(found, LISTED):
        yield _reply(talk, seen, options)
    if next(iter(found), None) is not None:
        yield talk.numeric(Numeric.RPL_TRYAGAIN, "WHO", text=f"There are more than {LISTED}: ask for fewer")
    yield talk.numeric(Numeric.RPL_ENDOFWHO, as_parameter(mask), text="End of the list")


def _among(talk: Talk, mask: str) -> Collection[Seen]:
    """Return those among whom a mask is looked for."""
    house = talk.settings.house
    if mask.startswith("#"):
        room = talk.find_room(mask)
        # As those who listen there know it.
        kept = None if room is None else talk.rooms[room.id]
        return () if kept is None else [seen_in(house, kept, person) for person in kept.members]
    if mask not in EVERYBODY and not is_pattern(mask):
        person = house.find_named(mask)
        return () if person is None else (Seen(person, person.name),)
    return _around(talk)


def _fitting(talk: Talk, mask: str, people: Iterable[Seen]) -> Iterator[Seen]:
    if mask.startswith("#") or mask in EVERYBODY or not is_pattern(mask):
        return iter(people)
    pattern = find_pattern_key(mask[:PATTERN_LIMIT])
    return (seen for seen in people if _fits(talk, pattern, seen))


def _fits(talk: Talk, pattern: str, seen: Seen) -> bool:
    """Return whether a pattern fits a name or a host. RFC 2812 section 3.6.1."""
    return matches(pattern, seen.person.key) or matches(pattern, talk.settings.names.host(seen.person.id))


def _around(talk: Talk) -> Collection[Seen]:
    """Return everybody here whom a mask may find, each once."""
    house, asker = talk.settings.house, talk.require_person()
    if is_operator(house, asker.id):
        return [Seen(person, person.name) for person in house.people.values()]
    found = {asker.id: Seen(asker, asker.name)}
    for room in talk.rooms.values():
        for person in room.members:
            if person not in found and person in house.people:
                found[person] = seen_in(house, room, person)
    return found.values()


def _reply(talk: Talk, seen: Seen, options: WhoOptions) -> bytes:
    if options.fields is None:
        values = _values(talk, seen, "cuhsnf")
        params = [values[field] for field in "cuhsnf"]
        return talk.numeric(Numeric.RPL_WHOREPLY, *params, text=f"0 {real_name(seen)}")
    params, text = who_parameters(options, _values(talk, seen, options.fields))
    return talk.numeric(Numeric.RPL_WHOSPCRPL, *params, text=text)


def _values(talk: Talk, seen: Seen, fields: str) -> dict[str, str]:
    """Return the fields that are told of somebody, by their letters in WHOX."""
    names = talk.settings.names
    values = {
        "c": NOWHERE if seen.room is None else seen.room.name,
        "u": USER,
        "h": names.host(seen.person.id),
        "s": names.server,
        "n": seen.name,
        "f": flags(talk, seen),
        "a": names.account(seen.person.id),
        "r": real_name(seen),
    }
    if "i" in fields or "l" in fields:
        glimpse = talk.settings.look(talk.require_person(), seen.person)
        if glimpse is not None:
            values["i"] = speakable(glimpse.addresses[0]) if glimpse.addresses else ""
            values["l"] = str(glimpse.idle_seconds)
    return values


COMMANDS: Final[Mapping[str, Entry]] = {"WHO": Entry(who, is_dear=True)}
