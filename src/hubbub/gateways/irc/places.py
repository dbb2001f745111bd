"""Places: which room a client means by the target of a line."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from hubbub.core.answers import Answer
from hubbub.core.conversations import CONVERSATION
from hubbub.core.message_answers import History
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


def found(talk: Talk, target: str, answer: Answer) -> Room | None:
    """Return the same, or else the conversation with a guest of that name who is gone, named so, if one was answered.

    Of that nobody but the answer knows who has it: it belongs to whoever asked.
    """
    place = find(talk, target)
    if place is not None or target.startswith("#") or not isinstance(answer, History) or not answer.records:
        return place
    past = talk.settings.house.rooms.get(answer.records[0].room)
    return None if past is None else replace(past, name=answer.room.removeprefix(CONVERSATION))


def look(talk: Talk, target: str, then: Callable[[Room | None], Steps]) -> Steps:
    """Do something with the room that is meant; None where there is none, or none that the client may look into."""
    place = find(talk, target)
    if place is None and not target.startswith("#"):
        # What two have said some time ago is not at hand: to look at it is to load it.
        return (Question(FindHistory(CONVERSATION + target, 1), lambda answer: then(found(talk, target, answer))),)
    return then(place)


def holds(room: Room | None, message: str) -> bool:
    """Return whether a message, by its id, would be of that room."""
    return room is not None and message.startswith(f"{room.id}-")
