"""The application: which path is answered by which part, and how each says no."""

from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from hubbub.core.kinds import Refused
from hubbub.gateways.http.api.routes import api_routes
from hubbub.gateways.http.browsing import browsing_routes
from hubbub.gateways.http.files.downloading import download_routes
from hubbub.gateways.http.files.filehost import filehost_routes
from hubbub.gateways.http.files.tus import tus_routes
from hubbub.gateways.http.guarding import Guarded
from hubbub.gateways.http.health import health_routes
from hubbub.gateways.http.hooks import hook_routes
from hubbub.gateways.http.metrics import metrics_routes
from hubbub.gateways.http.parts import Parts
from hubbub.gateways.http.problems import Problem, encode_problem
from hubbub.gateways.http.refusals import problem_of
from hubbub.service.ports import StoreUnavailable
from hubbub.service.scribe import TRY_AGAIN
from hubbub.service.tally import Tally

_SENTENCES: Final = {
    HTTPStatus.NOT_FOUND: ("not_found", "There is nothing here. Check the address."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "That cannot be done here; the field Allow says what can."),
}
"""What the library itself refuses: a code and a sentence."""


def make_application(parts: Parts) -> ASGIApp:
    """Return what answers every request."""
    files = [*tus_routes(parts), *filehost_routes(parts), *download_routes(parts)]
    app = Starlette(
        routes=[
            *health_routes(parts),
            *metrics_routes(parts),
            *api_routes(parts),
            *files,
            *hook_routes(parts),
            *browsing_routes(parts.client, speaks_ssh=parts.speaks_ssh),
        ],
    )
    app.router.redirect_slashes = False
    handlers: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
        HTTPException: _refuse_by_library,
        Problem: _refuse,
        Refused: partial(_refuse_by_rule, parts.tally),
        StoreUnavailable: _refuse_for_now,
    }
    # Not the library's own stack: it answers our mistakes itself, so that `Guarded` could not.
    app.middleware_stack = ExceptionMiddleware(app.router, handlers)
    return Guarded(app, parts.tally)


async def _refuse(request: Request, error: Exception) -> Response:
    """Answer what one of our own parts has raised."""
    if not isinstance(error, Problem):
        raise TypeError(error)
    fields, body = encode_problem(error, request.url.path)
    return Response(body, error.status, dict(fields))


async def _refuse_by_rule(tally: Tally, request: Request, error: Exception) -> Response:
    """Answer what a rule has refused."""
    if not isinstance(error, Refused):
        raise TypeError(error)
    tally.refusals[error.refusal.code] += 1
    return await _refuse(request, problem_of(error.refusal))


async def _refuse_for_now(request: Request, _error: Exception) -> Response:
    """Answer what the store could not do."""
    return await _refuse(request, problem_of(TRY_AGAIN))


async def _refuse_by_library(request: Request, error: Exception) -> Response:
    """Answer what the library has raised."""
    if not isinstance(error, HTTPException):
        raise TypeError(error)
    status = HTTPStatus(error.status_code)
    code, sentence = _SENTENCES.get(status, (status.name.lower(), f"{status.phrase}."))
    return await _refuse(request, Problem(status, code, sentence, error.headers or {}))
