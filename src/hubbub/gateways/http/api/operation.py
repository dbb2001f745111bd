"""The operation: one thing that can be done over HTTP, for the router and for the description alike."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from hubbub.core.answers import Answer
from hubbub.gateways.http.api.shapes import Nothing
from hubbub.gateways.http.authentication import require_asker, require_own_page
from hubbub.gateways.http.bodies import read_json, read_query
from hubbub.gateways.http.parts import Parts
from hubbub.service.requests import Request
from hubbub.service.sessions import Applicant

PREFIX = "/api/v1"
"""Begins the path of every operation; what changes in a way that breaks programs gets another number."""

IDEMPOTENCY_FIELD = "idempotency-key"
"""What a client calls what it sends, so that sending it again says nothing twice: the native protocol's `nonce`."""


class Call(msgspec.Struct, frozen=True):
    """An operation that is asked for."""

    request: HttpRequest
    parts: Parts
    asker: Applicant | None
    """Who asks; None where it does not matter."""
    path: Mapping[str, str]
    """What stands in the path for each of its parameters."""
    query: Any
    """Of the operation's own kind."""
    body: Any
    """The same."""

    @property
    def nonce(self) -> str:
        """What the client calls what it sends."""
        return self.request.headers.get(IDEMPOTENCY_FIELD, "")

    async def ask(self, request: Request) -> Answer:
        """Return the answer to whoever asks. Raises `Problem`, `Refused` and `StoreUnavailable`."""
        return await self.parts.visiting.ask(self.require_asker(), request)

    def require_asker(self) -> Applicant:
        """Return who asks an operation that is not public."""
        if self.asker is None:
            raise RuntimeError("nobody asks")
        return self.asker


Act = Callable[[Call], Awaitable[Response]]


class Operation(msgspec.Struct, frozen=True):
    """Where it is, what it takes, what it gives, and how it is done."""

    method: str
    path: str
    name: str
    summary: str
    answer: type | None
    """None where there is nothing to tell."""
    act: Act
    body: type | None = None
    query: type = Nothing
    status: HTTPStatus = HTTPStatus.OK
    takes_bytes: bool = False
    """Whether its body is anything at all, which it reads by itself."""
    is_public: bool = False
    """Whether it may be asked without saying who one is."""
    is_repeatable: bool = False
    """Whether it takes an `Idempotency-Key`."""

    async def handle(self, request: HttpRequest, parts: Parts) -> Response:
        """Do it. Raises `Problem`, `Refused` and `StoreUnavailable`."""
        require_own_page(request, is_sure=False)
        # Before anything is read of a stranger.
        asker = None if self.is_public else await require_asker(request, parts)
        query: object = read_query(request, self.query)
        body: object = None if self.body is None else await read_json(request, self.body)
        return await self.act(Call(request, parts, asker, request.path_params, query, body))


def tell(answer: object, status: HTTPStatus = HTTPStatus.OK, location: str = "") -> Response:
    """Return an answer as JSON."""
    fields = {"location": location} if location else None
    return Response(msgspec.json.encode(answer), status, fields, "application/json")


def asking(build: Callable[[Call], Request], status: HTTPStatus = HTTPStatus.OK) -> Act:
    """Return how to do what is one request of the native protocol."""

    async def act(call: Call) -> Response:
        answer = await call.ask(build(call))
        message = getattr(answer, "message", "")
        return tell(answer, status, f"{PREFIX}/messages/{message}" if isinstance(message, str) and message else "")

    return act


def room_of(call: Call) -> str:
    """Return which room the path names; the `#` of a channel, which an address would have to hide, may be left out."""
    room = call.path["room"]
    return room if room.startswith(("#", "@")) else f"#{room}"
