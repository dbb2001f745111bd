"""Metrics: the figures of a server, for Prometheus, and only for those who may know them."""

from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hubbub.gateways.http.authentication import peer_of
from hubbub.gateways.http.parts import Parts
from hubbub.gateways.http.place import HTTP_PORT, parse_place
from hubbub.gateways.http.problems import Problem

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus text format."""

_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip")
"""What a proxy adds that comes for others."""


def metrics_routes(parts: Parts) -> list[BaseRoute]:
    """Return where they are asked for."""

    async def answer(request: Request) -> Response:
        if not parts.may_watch(peer_of(request)) or _comes_for_another(request):
            # How much is going on here, and how well, helps whoever wants it to stop.
            sentence = "Your address may not read the figures; the setting `metrics` of the server says which may."
            raise Problem(HTTPStatus.FORBIDDEN, "not_allowed", sentence)
        return Response(parts.write_figures(), headers={"content-type": CONTENT_TYPE})

    return [Route("/metrics", answer)]


def _comes_for_another(request: Request) -> bool:
    """Return whether a program of this machine asks for somebody else: a proxy, or a browser for a stranger's page.

    A stranger's name may suddenly lead to this machine (DNS rebinding); its own addresses are nobody else's.
    """
    if not peer_of(request).is_local:
        return False
    place = parse_place(request.headers.get("host", ""), HTTP_PORT)
    return place is None or not place.is_local or any(name in request.headers for name in _FORWARDED)
