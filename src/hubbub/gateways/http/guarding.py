"""Guarding: what holds for every answer, whichever part gives it: safe header fields, no details of what went wrong."""

from http import HTTPStatus
from typing import Final

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hubbub.gateways.closing import Closing
from hubbub.gateways.http.fields import complete
from hubbub.gateways.http.problems import Problem, encode_problem
from hubbub.service.tally import Tally

_INTERNAL: Final = Problem(
    HTTPStatus.INTERNAL_SERVER_ERROR, Closing.INTERNAL.code, "Something went wrong in the server, not with you."
)

log = structlog.get_logger(__name__)


class Guarded:
    """The outermost part of the application."""

    def __init__(self, app: ASGIApp, tally: Tally) -> None:
        self._app = app
        self._tally = tally

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer = _Answer(scope, receive, send)
        try:
            await self._app(scope, answer.receive, answer.send)
        except ClientDisconnect:
            log.debug("http.disconnected", peer=scope["state"]["peer"].place)
        except Exception as error:
            if answer.status:
                # Only the end of the connection can tell that this is not the whole answer; uvicorn sees to it.
                raise
            log.error("http.internal", peer=scope["state"]["peer"].place, exc_info=error)  # noqa: TRY400 - no logger of it
            await answer.refuse(_INTERNAL)
        self._tally.answers[str(answer.status)] += 1
        log.debug(
            "http.answered",
            peer=scope["state"]["peer"].place,
            method=scope["method"],
            # Never the path: what somebody was invited with may stand in it.
            endpoint=getattr(scope.get("endpoint"), "__qualname__", None),
            status=answer.status,
        )


class _Answer:
    """One answer as it is given."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self.status = 0
        self._is_read = not any(name in {b"content-length", b"transfer-encoding"} for name, _ in scope["headers"])

    async def receive(self) -> Message:
        """Note whether the body was read to its end."""
        message = await self._receive()
        if not message.get("more_body", False):
            self._is_read = True
        return message

    async def send(self, message: Message) -> None:
        """Complete the header fields."""
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
            fields = complete([*message.get("headers", [])])
            if not self._is_read:
                # Nobody is going to read what is left of the body, and behind it nothing could be understood.
                fields.append((b"connection", b"close"))
            message = {**message, "headers": fields}
        await self._send(message)

    async def refuse(self, problem: Problem) -> None:
        """Say no."""
        fields, body = encode_problem(problem, self._scope["path"])
        raw = [(name.encode(), value.encode()) for name, value in fields]
        await self.send({"type": "http.response.start", "status": problem.status.value, "headers": raw})
        await self.send({"type": "http.response.body", "body": body})
