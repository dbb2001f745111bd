"""Passing on: what a layer around a conversation has nothing to say to goes through, and what is sent in its form."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from hubbub.core.account_answers import LoggedIn
from hubbub.core.answers import Answer
from hubbub.core.house import Person
from hubbub.core.kinds import Refusal
from hubbub.core.room import Room
from hubbub.core.signals import AnySignal
from hubbub.gateways.conversation import (
    Become,
    BeginScram,
    Conversation,
    Intent,
    Intents,
    Later,
    Prove,
    Reply,
    SendNow,
    Wait,
)
from hubbub.gateways.websocket.framing import Framing
from hubbub.service.audience import Dialect
from hubbub.service.requests import Request
from hubbub.service.resuming import Piece

T = TypeVar("T")


class Passing:
    """The part of a layer that has no idea of its own."""

    __slots__ = ("_framing", "_inner")

    def __init__(self, inner: Conversation, framing: Framing) -> None:
        self._inner = inner
        self._framing = framing

    def receive_quiet(self) -> Intents:
        """Pass it on."""
        return self._framed(self._inner.receive_quiet())

    def receive_eof(self) -> Intents:
        """Pass it on; half a message is nothing."""
        return self._framed(self._inner.receive_eof())

    def seated(self, person: Person) -> None:
        """Pass it on."""
        self._inner.seated(person)

    def attached(self, room: Room) -> Intents:
        """Pass it on."""
        return self._framed(self._inner.attached(room))

    def detached(self, room: Room) -> Intents:
        """Pass it on."""
        return self._framed(self._inner.detached(room))

    def brought(self, piece: Piece) -> bytes:
        """Pass it on."""
        return self._framing.encode(self._inner.brought(piece))

    def introduced(self, name: str) -> Intents:
        """Pass it on."""
        return self._framed(self._inner.introduced(name))

    def welcomed_back(self, answer: LoggedIn) -> Intents:
        """Pass it on."""
        return self._framed(self._inner.welcomed_back(answer))

    def not_introduced(self, refusal: Refusal) -> Intents:
        """Pass it on."""
        return self._framed(self._inner.not_introduced(refusal))

    def answered(self, request: Request, answer: Answer) -> Intents:
        """Pass it on."""
        return self._framed(self._inner.answered(request, answer))

    def noticed(self, signal: AnySignal) -> Intents:
        """Pass it on."""
        return self._framed(self._inner.noticed(signal))

    def throttled(self) -> Intents:
        """Pass it on."""
        return self._framed(self._inner.throttled())

    @property
    def early_tries(self) -> int:
        """Pass it on."""
        return self._inner.early_tries

    @property
    def quiet_seconds(self) -> float:
        """The same as without frames."""
        return self._inner.quiet_seconds

    @property
    def was_typed(self) -> bool:
        """The same as without frames."""
        return self._inner.was_typed

    @property
    def keeps_marks(self) -> bool:
        """The same as without frames."""
        return self._inner.keeps_marks

    @property
    def tells_waiting(self) -> bool:
        """The same as without frames."""
        return self._inner.tells_waiting

    @property
    def shows_typing(self) -> bool:
        """The same as without frames."""
        return self._inner.shows_typing

    def dialect_in(self, room: Room) -> Dialect:
        """Return how the client hears this room, in frames."""
        return self._framing.dialect(self._inner.dialect_in(room))

    def _framed(self, intents: Intents) -> Iterator[Intent]:  # noqa: C901 - a table
        """Yield what the conversation inside wants, and what it sends as frames; each when the one before is done."""
        for intent in intents:
            match intent:
                case Reply(data):
                    yield Reply(self._framing.encode(data))
                case SendNow(data):
                    yield SendNow(self._framing.encode(data))
                case BeginScram(message, challenge):
                    yield BeginScram(message, partial(self._framed_after, challenge))
                case Prove(proof, proved):
                    yield Prove(proof, partial(self._framed_after, proved))
                case Become(proven, became):
                    yield Become(proven, partial(self._framed_after, became))
                case Later(resume):
                    yield Later(partial(self._resume, resume))
                case Wait(seconds, resume):
                    yield Wait(seconds, partial(self._resume, resume))
                case _:
                    yield intent

    def _framed_after(self, resume: Callable[[T], Intents], outcome: T) -> Intents:
        return self._framed(resume(outcome))

    def _resume(self, resume: Callable[[], Intents]) -> Intents:
        return self._framed(resume())
