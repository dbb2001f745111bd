"""What surrounds a connection: the service that it uses, and whoever counts it."""

from typing import Protocol

import msgspec

from hubbub.core.limits import Limits
from hubbub.service.entrance import Entrance
from hubbub.service.people import People
from hubbub.service.ports import Clock
from hubbub.service.requests import Requests
from hubbub.service.resuming import Resuming
from hubbub.service.tally import Tally


class Services(msgspec.Struct, frozen=True):
    """What every connection uses of the service."""

    people: People
    entrance: Entrance
    requests: Requests
    resuming: Resuming
    tally: Tally
    clock: Clock
    limits: Limits


class Host(Protocol):
    """Whoever let the connection in and counts it."""

    def named(self) -> None:
        """Take note that the client has said who it is."""

    def closed(self) -> None:
        """Take note that the connection is gone."""
