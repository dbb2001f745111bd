"""Talking: what is the same for all clients to whom everything is told in plain lines."""

from hubbub.core.answers import Answer
from hubbub.core.room import Room
from hubbub.core.signals import AnySignal
from hubbub.gateways.conversation import Intents
from hubbub.gateways.plain import PlainTalk
from hubbub.gateways.roomless import Roomless
from hubbub.gateways.voice import Voice
from hubbub.service.audience import Dialect
from hubbub.service.requests import Request


class Talking(Roomless):
    """A conversation that is told by its talk what happens."""

    __slots__ = ("_talk",)

    def __init__(self, voice: Voice) -> None:
        self._talk = PlainTalk(voice)

    def answered(self, request: Request, answer: Answer) -> Intents:
        """Tell what came of a request."""
        return self._talk.answered(request, answer)

    def noticed(self, signal: AnySignal) -> Intents:
        """Tell what is true at the moment."""
        return self._talk.noticed(signal)

    def throttled(self) -> Intents:
        """Tell that it goes more slowly from now on."""
        return self._talk.throttled()

    def dialect_in(self, room: Room) -> Dialect:
        """Return how the client hears this room."""
        return self._talk.dialect_in(room)
