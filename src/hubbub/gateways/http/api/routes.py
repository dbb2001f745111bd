"""The routes of the API: its operations, and their description."""

from functools import cache
from http import HTTPStatus
from itertools import groupby

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hubbub.gateways.http.api.description import describe, describe_for_people
from hubbub.gateways.http.api.operation import PREFIX, Operation
from hubbub.gateways.http.api.operations import OPERATIONS
from hubbub.gateways.http.parts import Parts
from hubbub.gateways.http.problems import PAGE_TYPE


def api_routes(parts: Parts) -> list[BaseRoute]:
    """Return where programs ask."""
    by_path = groupby(sorted(OPERATIONS, key=lambda one: one.path), lambda one: one.path)
    routes: list[BaseRoute] = [_route(PREFIX + path, [*operations], parts) for path, operations in by_path]
    return [*routes, Route("/api", _show_page), Route("/api/openapi.json", _show_document)]


def _route(path: str, operations: list[Operation], parts: Parts) -> Route:
    by_method = {one.method: one for one in operations}

    async def endpoint(request: Request) -> Response:
        return await by_method["GET" if request.method == "HEAD" else request.method].handle(request, parts)

    # As which it stands in the log.
    endpoint.__qualname__ = path
    return Route(path, endpoint, methods=[*by_method])


async def _show_page(_: Request) -> Response:
    return Response(_page(), HTTPStatus.OK, {"content-type": PAGE_TYPE})


async def _show_document(_: Request) -> Response:
    return Response(_document(), HTTPStatus.OK, media_type="application/json")


@cache
def _page() -> bytes:
    return describe_for_people(OPERATIONS).encode()


@cache
def _document() -> bytes:
    return msgspec.json.encode(describe(OPERATIONS))
