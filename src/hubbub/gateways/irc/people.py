"""People: somebody as WHO and WHOIS show him."""

from typing import NamedTuple

from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId
from hubbub.core.roles import ServerRole
from hubbub.core.room import Room
from hubbub.gateways.irc.names import PREFIXES
from hubbub.gateways.irc.talk import Talk

BOT_MODE = "B"
"""The user mode of programs, and their flag in WHO. IRCv3 bot-mode."""

NOTICES_MODE = "s"
"""Whoever has it is told what moderators and administrators do."""

WALLOPS_MODE = "w"
"""Whoever has it is told what administrators tell each other."""

NOWHERE = "*"
"""Stands for a channel where none is meant."""


class Seen(NamedTuple):
    """Somebody who is asked about, and the channel by which."""

    person: Person
    name: str
    """As those who listen there know him."""
    room: Room | None = None


def seen_in(house: House, room: Room, person: PersonId) -> Seen:
    """Return somebody who is in a channel, here or not."""
    name = room.members[person].name
    found = house.find_by_id(person)
    return Seen(Person(person, name, "", is_present=False) if found is None else found, name, room)


def is_operator(house: House, person: PersonId) -> bool:
    """Return whether somebody administers the server."""
    return house.role_of(person) is not ServerRole.MEMBER


def is_here(person: Person) -> bool:
    """Return whether somebody is neither away nor offline."""
    return person.is_present and person.away is None


def prefix_in(room: Room, person: PersonId) -> str:
    """Return what stands before somebody's name in a channel; "" for mere members."""
    role = room.roles.get(person)
    return "" if role is None else PREFIXES.get(role, "")


def flags(talk: Talk, seen: Seen) -> str:
    """Return what somebody is, in letters and signs. https://modern.ircdocs.horse/#rplwhoreply-352."""
    person, room = seen.person, seen.room
    operator = "*" if is_operator(talk.settings.house, person.id) else ""
    prefix = "" if room is None else prefix_in(room, person.id)
    return ("H" if is_here(person) else "G") + operator + prefix + (BOT_MODE if person.is_bot else "")


def real_name(seen: Seen) -> str:
    """Return who somebody says he is, or else what he is called."""
    return seen.person.about or seen.name


def speakable(address: str) -> str:
    """Return an address as it can be a parameter: those of IPv6 may begin with a colon."""
    return f"0{address}" if address.startswith(":") else address
