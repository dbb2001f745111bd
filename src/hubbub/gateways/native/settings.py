"""What all native conversations of a server share."""

from collections.abc import Callable

import msgspec

from hubbub.core.house import House, Person
from hubbub.core.kinds import RoomId
from hubbub.core.limits import Limits
from hubbub.core.room_answers import Entered
from hubbub.gateways.native.dialect import NativeDialect
from hubbub.service.ports import Clock


class NativeSettings(msgspec.Struct, frozen=True):
    """What all native conversations share."""

    limits: Limits
    software: str
    house: House
    clock: Clock
    identity: Callable[[], str]
    """Which place this is."""
    issue_pass: Callable[[Person], str]
    """What a guest shows to come back."""
    look_into: Callable[[Person, RoomId], Entered]
    """A room as it is at this very moment, for somebody who hears it."""
    dialect: NativeDialect = NativeDialect()
