"""Browsing: the pages that people read in a browser."""

from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hubbub.gateways.http.pages import Page, front_page, invitation_page, plain_page
from hubbub.gateways.http.place import HTTP_PORT, HTTPS_PORT, Place, parse_place
from hubbub.gateways.http.problems import PAGE_TYPE
from hubbub.service.links import INVITATION_PATH
from hubbub.service.secret_codes import parse_code

_NO_CODE: Final = plain_page(
    "Not an invitation", "This link is not whole: the code at its end is missing something. Ask for it once more."
)


def browsing_routes() -> list[BaseRoute]:
    """Return where pages are."""
    return [Route("/", _show_front), Route(f"{INVITATION_PATH}{{code:path}}", _show_invitation)]


async def _show_front(request: Request) -> Response:
    return _show(front_page(_place_of(request)))


async def _show_invitation(request: Request) -> Response:
    # Never looked up: nobody can try codes here, and what shows a preview of a link does not use it up.
    code = parse_code(request.path_params["code"])
    if code is None:
        return _show(_NO_CODE, HTTPStatus.NOT_FOUND)
    return _show(invitation_page(code, _place_of(request)))


def _place_of(request: Request) -> Place | None:
    """Return where the browser has found the server, or None where it tells nothing that can be shown."""
    default_port = HTTPS_PORT if request.scope["scheme"] == "https" else HTTP_PORT
    return parse_place(request.headers.get("host", ""), default_port)


def _show(page: Page, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(page.encode(), status, {"content-type": PAGE_TYPE})
