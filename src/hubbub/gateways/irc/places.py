"""Places: which room a client means by the target of a line."""

from collections.abc import Callable
from typing import Final

from hubbub.core.conversations import CONVERSATION
from hubbub.core.queries import FindHistory
from hubbub.core.room import Room
from hubbub.gateways.irc.talk import Question, Steps, Talk
from hubbub.wire.irc.message import IrcMessage

TARGETS_LIMIT: Final = 20
"""Most channels and people that one line may be for. `TARGMAX`, https://modern.ircdocs.horse/#targmax-parameter"""


def targets_of(message: IrcMessage) -> list[str]:
    """Return for whom a line is, by its first parameter, each once."""
    return [*dict.fromkeys(filter(None, message.params[0].split(",")))]


def find(talk: Talk, target: str) -> Room | None:
    """Return the channel that the client is in, or its conversation with somebody, if that is loaded."""
    if target.startswith("#"):
        return talk.find_room(target)
    house = talk.settings.house
    other = house.find_named(target)
    return None if other is None else house.direct_room(talk.require_person().id, other.id)


def look(talk: Talk, target: str, then: Callable[[Room | None], Steps]) -> Steps:
    """Do something with the room that is meant; None where there is none, or none that the client may look into."""
    place = find(talk, target)
    if place is None and not target.startswith("#"):
        # What two have said some time ago is not at hand: to look at it is to load it.
        return (Question(FindHistory(CONVERSATION + target, 1), lambda _: then(find(talk, target))),)
    return then(place)


def holds(room: Room | None, message: str) -> bool:
    """Return whether a message, by its id, would be of that room."""
    return room is not None and message.startswith(f"{room.id}-")
