"""What all IRC conversations of a server share."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from hubbub.core.house import House, Person
from hubbub.core.kinds import RoomId
from hubbub.core.limits import Limits
from hubbub.core.room import Room
from hubbub.core.room_answers import Entered
from hubbub.gateways.irc.census import Census
from hubbub.gateways.irc.dialect import Dialects
from hubbub.gateways.irc.names import Names
from hubbub.gateways.irc.offering import Offering
from hubbub.gateways.irc.rosters import Rosters
from hubbub.service.glimpses import Glimpse
from hubbub.service.moves import Bygone
from hubbub.service.ports import Clock


class IrcSettings(msgspec.Struct, frozen=True):
    """What all IRC conversations share."""

    limits: Limits
    software: str
    """Name and version."""
    network: str
    """What the operator calls it; without spaces."""
    motd: Sequence[str]
    """The message of the day, line by line."""
    started: str
    """When the server was started, for people."""
    started_ms: int
    """The same in milliseconds since 1970 UTC."""
    house: House
    clock: Clock
    names: Names
    dialects: Dialects
    rosters: Rosters
    offering: Offering
    look_into: Callable[[Person, RoomId], Entered]
    """A room as it is at this very moment, for somebody who hears it."""
    list_rooms: Callable[[Person], Sequence[Room]]
    """The channels that somebody may know of, those with most members first."""
    look_back: Callable[[str], Iterable[Bygone]]
    """Who was called so and is not any more, the last one first."""
    census: Census
    look: Callable[[Person, Person], Glimpse | None]
    """How somebody is here, as far as the first may know of the second."""
    speaks_tls: bool
    """Whether the ports that speak to IRC clients and browsers speak TLS as well."""
