"""Browsing: what people see in a browser: the client, where it was built, and pages that say how to join without it."""

from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hubbub.core.codes import parse_code
from hubbub.gateways.http.client import INDEX, NAMED_BY_CONTENT, Client
from hubbub.gateways.http.pages import Page, front_page, invitation_page, plain_page
from hubbub.gateways.http.place import HTTP_PORT, HTTPS_PORT, Place, parse_place
from hubbub.gateways.http.problems import PAGE_TYPE
from hubbub.wire.links import CLAIM_PATH, INVITATION_PATH

JOIN_PATH: Final = "/join"
"""Where people learn how to join without the client."""

CLIENT_PATHS: Final = (
    "/",
    "/c/{_:path}",
    "/d/{_:path}",
    "/m/{_:path}",
    CLAIM_PATH + "{_:path}",
    "/device",
    INVITATION_PATH + "{_:path}",
)
"""Addresses that the client reads: channels, conversations, messages, codes. `web/src/lib/routes.ts`."""

_NO_CODE: Final = plain_page(
    "Not an invitation", "This link is not whole: the code at its end is missing something. Ask for it once more."
)

_Answer = Callable[[Request], Awaitable[Response]]


def browsing_routes(client: Client | None, *, speaks_ssh: bool) -> list[BaseRoute]:
    """Return where the client is, if there is one, and where pages are."""
    front = partial(front_page, has_client=client is not None, speaks_ssh=speaks_ssh)
    show_front: _Answer = partial(_show_front, front)
    show_invitation: _Answer = partial(_show_invitation, client is not None)
    pages: list[BaseRoute] = [
        Route(JOIN_PATH, show_front),
        Route(f"{JOIN_PATH}/{{code:path}}", show_invitation),
    ]
    if client is None:
        return [*pages, Route("/", show_front), Route(f"{INVITATION_PATH}{{code:path}}", show_invitation)]
    show_client: _Answer = partial(_show_client, client)
    files: list[BaseRoute] = [
        Route(f"/{NAMED_BY_CONTENT}{{name:path}}", partial(_show_file, client, NAMED_BY_CONTENT)),
        Route("/{name:str}", partial(_show_file, client, "")),
    ]
    return [*pages, *(Route(path, show_client) for path in CLIENT_PATHS), *files]


async def _show_client(client: Client, request: Request) -> Response:
    return _send(client, INDEX, request)


async def _show_file(client: Client, folder: str, request: Request) -> Response:
    return _send(client, folder + request.path_params["name"], request)


def _send(client: Client, name: str, request: Request) -> Response:
    file = client.find(name, request.headers.get("accept-encoding", ""))
    if file is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    fields = {
        "cache-control": file.cache_control,
        "content-security-policy": file.policy,
        "etag": file.tag,
        "vary": "accept-encoding",
    }
    if request.headers.get("if-none-match") == file.tag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=fields)
    if file.coding:
        fields["content-encoding"] = file.coding
    # A few dozen kilobytes that the system keeps in memory: a thread would cost more than it takes.
    return Response(file.path.read_bytes(), headers=fields, media_type=file.media_type)


async def _show_front(front: Callable[[Place | None], Page], request: Request) -> Response:
    return _show(front(_place_of(request)))


async def _show_invitation(has_client: bool, request: Request) -> Response:  # noqa: FBT001 - bound once, above
    # Never looked up: nobody can try codes here, and what shows a preview of a link does not use it up.
    code = parse_code(request.path_params["code"])
    if code is None:
        return _show(_NO_CODE, HTTPStatus.NOT_FOUND)
    return _show(invitation_page(code, _place_of(request), has_client=has_client))


def _place_of(request: Request) -> Place | None:
    """Return where the browser has found the server, or None where it tells nothing that can be shown."""
    default_port = HTTPS_PORT if request.scope["scheme"] == "https" else HTTP_PORT
    return parse_place(request.headers.get("host", ""), default_port)


def _show(page: Page, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(page.encode(), status, {"content-type": PAGE_TYPE})
