"""Echoing: what a client has said, as it was kept, for clients that want to hear it. IRCv3 echo-message.

Where answers are labelled, the echo is the answer; so it does not come with what the others hear.
"""

from typing import Final

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Reacted, Unreacted
from hubbub.core.features.messages import Announced, Confided, Said
from hubbub.core.room import Room
from hubbub.gateways.irc import governing

OWN_LIMIT: Final = 4_096
"""Most records that wait for their answers; far more than anybody may ask before he is answered."""

WORDS: Final[frozenset[type[AnyEvent]]] = frozenset({Said, Confided, Announced, Edited, Deleted, Reacted, Unreacted})
"""What is said, and what is said of that: heard by who said it where he wants to."""

Own = tuple[Room, Record]


class Echoes:
    """What came from one client and is not told it yet."""

    __slots__ = ("_done", "_own")

    def __init__(self) -> None:
        self._own: dict[str, Own] = {}
        self._done: list[Own] = []
        """What it has done otherwise, and is to hear with the answer: nothing else says so."""

    def note(self, room: Room, record: Record) -> None:
        """Keep a record, if it may be echoed, until what asked for it is answered."""
        kind = type(record.event)
        if kind in WORDS:
            if len(self._own) >= OWN_LIMIT:
                self._own.clear()
            self._own[record.id] = (room, record)
        elif kind in governing.ECHOED:
            self._done = [*self._done[-OWN_LIMIT:], (room, record)]

    @property
    def are_told(self) -> bool:
        """Whether there is nothing that waits."""
        return not self._own and not self._done

    def take(self, *ids: str) -> list[Own]:
        """Return those of these messages that are there, in their order."""
        return [self._own.pop(one) for one in ids if one in self._own]

    def take_done(self) -> list[Own]:
        """Return what the client has done and not said."""
        done, self._done = self._done, []
        return done

    def take_all(self) -> list[Own]:
        """Return everything; where one thing is done after the other, that is what came of the last one."""
        own, self._own = [*self._own.values()], {}
        return own
