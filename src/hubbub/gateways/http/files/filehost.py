"""Filehost: where IRC clients send files, with the name and the password that they have there.

https://codeberg.org/emersion/soju/src/branch/master/doc/ext/filehost.md. What is sent so stands with the message in
which its link is said.
"""

import binascii
from base64 import b64decode
from email.message import Message
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hubbub.core.account_requests import LogIn
from hubbub.core.house import Person
from hubbub.core.kinds import Refused
from hubbub.gateways.http.authentication import peer_of, require_asker, require_own_page
from hubbub.gateways.http.files.sending import receive
from hubbub.gateways.http.parts import Parts
from hubbub.wire.links import FILEHOST_PATH, file_link

_BASIC: Final = "basic "
_ACCEPTED: Final = {"allow": "OPTIONS, POST", "accept-post": "*/*"}


def filehost_routes(parts: Parts) -> list[BaseRoute]:
    """Return where files are sent to."""

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers=_ACCEPTED)
        person = await require_sender(request, parts)
        view = await receive(request, parts, person, _name_of(request))
        return Response(status_code=HTTPStatus.CREATED, headers={"location": file_link("", view.id)})

    return [Route(FILEHOST_PATH, answer, methods=["OPTIONS", "POST"])]


def shows_password(request: Request) -> bool:
    """Return whether whoever asks says who he is by a name and a password."""
    return request.headers.get("authorization", "")[: len(_BASIC)].lower() == _BASIC


async def require_sender(request: Request, parts: Parts) -> Person:
    """Return who sends, or asks for what he has sent: by his account's password, as by SASL's PLAIN, or a token.

    Raises `Problem`, `Refused` and `StoreUnavailable`.
    """
    if not shows_password(request):
        return (await require_asker(request, parts)).person
    # Browsers may show these by themselves once somebody has typed them.
    require_own_page(request, is_sure=False)
    name, password = _read_basic(request.headers["authorization"][len(_BASIC) :])
    peer = peer_of(request)
    account = await parts.recognising.prove(LogIn(name, password), peer)
    return (await parts.visiting.visit(account, peer)).person


def _read_basic(text: str) -> tuple[str, str]:
    """Return a name and a password. RFC 7617 section 2. Raises `Refused`."""
    try:
        name, colon, password = b64decode(text.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        name = colon = password = ""
    if not colon:
        raise Refused("wrong_password", "Say who you are with “Authorization: Basic”, the name and the password.")
    return name, password


def _name_of(request: Request) -> str:
    """Return what a file is called that is sent; empty where nobody says. RFC 6266."""
    message = Message()
    message["content-disposition"] = request.headers.get("content-disposition", "attachment")
    return message.get_filename("")
