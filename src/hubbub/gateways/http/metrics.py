"""Metrics: the figures of a server, for Prometheus, and only for those who may know them."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hubbub.gateways.http.parts import Parts
from hubbub.gateways.http.problems import Problem

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus text format."""


def metrics_routes(parts: Parts) -> list[BaseRoute]:
    """Return where they are asked for."""

    async def answer(request: Request) -> Response:
        if not parts.may_watch(request.state.peer):
            # How much is going on here, and how well, helps whoever wants it to stop.
            sentence = "Your address may not read the figures; the setting `metrics` of the server says which may."
            raise Problem(HTTPStatus.FORBIDDEN, "not_allowed", sentence)
        return Response(parts.write_figures(), headers={"content-type": CONTENT_TYPE})

    return [Route("/metrics", answer)]
