"""The HTTP conversation: one request, one answer, and goodbye. Nobody comes in this way yet."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import NoReturn

from hubbub.core.answers import Answer, LoggedIn
from hubbub.core.kinds import Refusal
from hubbub.core.room import Room
from hubbub.core.signals import AnySignal
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import Depart, Intent, Intents, Reply
from hubbub.gateways.http.answering import answer_request, refuse
from hubbub.gateways.http.head import HEAD_BYTES, has_ended
from hubbub.gateways.roomless import Roomless
from hubbub.service.audience import Dialect
from hubbub.service.packets import Fragility
from hubbub.service.requests import Request


class HttpConversation(Roomless):
    """Collects the head of a request and answers it; what follows the head is not looked at."""

    __slots__ = ("_head", "_is_encrypted", "_is_over", "naming_seconds")

    protocol = "http"
    quiet_seconds = 0.0
    fragility: Fragility | None = None

    def __init__(self, naming_seconds: float, *, is_encrypted: bool) -> None:
        """Allow so many seconds for the whole head; 0 = as long as it takes."""
        self.naming_seconds = naming_seconds
        self._is_encrypted = is_encrypted
        self._head = bytearray()
        self._is_over = False

    def begin(self) -> Intents:
        """Keep silent: the client asks first."""
        return ()

    def receive_data(self, data: bytes) -> Intents:
        """Answer as soon as the head is whole, or longer than any may be."""
        if self._is_over:
            return ()
        self._head += data
        if has_ended(self._head, len(data)):
            return self._end(answer_request(bytes(self._head), is_encrypted=self._is_encrypted))
        if len(self._head) > HEAD_BYTES:
            return self._end(refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE))
        return ()

    def receive_quiet(self) -> Intents:
        """Nothing follows from silence."""
        return ()

    def receive_eof(self) -> Intents:
        """Answer half a head, too: who sent it may still listen."""
        return () if self._is_over else self._end(refuse(HTTPStatus.BAD_REQUEST))

    def farewell(self, sentence: str, closing: Closing = Closing.GONE) -> bytes:  # noqa: ARG002 - a status says it
        """Return the answer to whoever is sent away before he has had one."""
        return b"" if self._is_over else refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    def _end(self, answered: bytes) -> Iterator[Intent]:
        self._is_over = True
        yield Reply(answered)
        yield Depart("")

    # What is only told to those who are in

    def introduced(self, name: str) -> Intents:
        """Never called."""
        return _refuse_service(name)

    def welcomed_back(self, answer: LoggedIn) -> Intents:
        """Never called."""
        return _refuse_service(answer)

    def not_introduced(self, refusal: Refusal) -> Intents:
        """Never called."""
        return _refuse_service(refusal)

    def answered(self, request: Request, answer: Answer) -> Intents:
        """Never called."""
        return _refuse_service(request, answer)

    def noticed(self, signal: AnySignal) -> Intents:
        """Never called."""
        return _refuse_service(signal)

    def throttled(self) -> Intents:
        """Never called."""
        return _refuse_service()

    def dialect_in(self, room: Room) -> Dialect:
        """Never called."""
        return _refuse_service(room)


def _refuse_service(*told: object) -> NoReturn:
    raise RuntimeError(f"nobody is in who could be told {told!r}")
