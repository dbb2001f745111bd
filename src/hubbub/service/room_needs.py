"""Room needs: which rooms have to be loaded before a command about them is decided."""

from hubbub.core.catalog import AnyCommand
from hubbub.core.decisions.gathering import group_name, people_to_gather
from hubbub.core.decisions.speaking import how_refused, people_asked
from hubbub.core.effects import OF_ONESELF
from hubbub.core.features.accounts import OpenAccount
from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.gathering import Gather
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Tell
from hubbub.core.features.senders import Accept, LimitSenders, Unaccept
from hubbub.core.features.traits import SetTrait
from hubbub.core.house import House, Person
from hubbub.core.names import parse_room_name
from hubbub.core.room import RoomKind, direct_key

RoomAddress = tuple[RoomKind, str, str]
"""Kind, key and name of a room that need not exist yet."""


def rooms_needed(house: House, person: Person, command: AnyCommand, now_ms: int) -> list[RoomAddress]:
    """Return the rooms that a command is decided in; raises `Refused` for a name no room can have."""
    match command:
        case Join():
            name = parse_room_name(command.room)
            return [(RoomKind.CHANNEL, name.key, name.shown)]
        case Tell():
            return _rooms_to_tell(house, person, command, now_ms)
        case Gather():
            return _rooms_to_gather(house, person, command, now_ms)
        case Block() | Unblock() | OpenAccount() | LimitSenders() | Accept() | Unaccept():
            return [(RoomKind.PERSONAL, person.id, "")]
        case SetTrait(subject=""):
            return [(RoomKind.PERSONAL, person.id, "")]
        case _ if isinstance(command, OF_ONESELF) and house.account_of(person.id) is not None:
            return [(RoomKind.PERSONAL, person.id, "")]
        case _:
            return []


def _rooms_to_tell(house: House, person: Person, command: Tell, now_ms: int) -> list[RoomAddress]:
    """Return the conversations with those who hear the sender; before, what tells whom an account refuses to hear."""
    recipients = [recipient for _, recipient in people_asked(command, house) if recipient is not None]
    unknown: list[RoomAddress] = [
        (RoomKind.PERSONAL, recipient.id, "")
        for recipient in recipients
        if not recipient.is_present and house.find_room(RoomKind.PERSONAL, recipient.id) is None
    ]
    return unknown or [
        (RoomKind.DIRECT, direct_key({person.id, recipient.id}), "")
        for recipient in recipients
        if how_refused(house, person, recipient, now_ms) is None
    ]


def _rooms_to_gather(house: House, person: Person, command: Gather, now_ms: int) -> list[RoomAddress]:
    """Return the group; before, what tells whom those refuse to hear who are not here."""
    unknown: list[RoomAddress] = [
        (RoomKind.PERSONAL, one.id, "")
        for _, one in people_to_gather(house, person, command)
        if one is not None and not one.is_present and house.find_room(RoomKind.PERSONAL, one.id) is None
    ]
    if unknown or command.room:
        return unknown
    name = group_name(house, person, command, now_ms)
    return [(RoomKind.CHANNEL, name.key, name.shown)]
