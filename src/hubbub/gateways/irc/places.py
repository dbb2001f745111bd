"""Places: which room a client means by the target of a line."""

from typing import Final

from hubbub.core.room import Room
from hubbub.gateways.irc.talk import Talk

TARGETS_LIMIT: Final = 20
"""Most channels and people that one line may be for. `TARGMAX`, https://modern.ircdocs.horse/#targmax-parameter"""


def find(talk: Talk, target: str) -> Room | None:
    """Return the channel that the client is in, or its conversation with somebody, if that is loaded."""
    if target.startswith("#"):
        return talk.find_room(target)
    house = talk.settings.house
    other = house.find_named(target)
    return None if other is None else house.direct_room(talk.require_person().id, other.id)


def holds(room: Room | None, message: str) -> bool:
    """Return whether a message, by its id, would be of that room."""
    return room is not None and message.startswith(f"{room.id}-")
