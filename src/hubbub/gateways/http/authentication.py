"""Authentication: who asks, and whether it is he who wants it.

Programs show a token in a field that no page can set for them. Browsers show a cookie by themselves, also when
somebody else's page asks; so what changes something has to come from a page of this server.
"""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from hubbub.core.kinds import Refused
from hubbub.gateways.http.parts import Parts
from hubbub.gateways.http.problems import Problem
from hubbub.service.peers import Peer
from hubbub.service.sessions import Applicant

SESSION_COOKIE: Final = "hubbub_session"
"""What a browser keeps that has logged in."""

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""RFC 9110 section 9.2.1."""

_OWN_SITE: Final = "same-origin"
"""What `Sec-Fetch-Site` says of a page's own requests; no page can say it for another. Fetch Metadata, section 2.3."""

_BEARER: Final = "bearer "


def peer_of(request: Request) -> Peer:
    """Return where a request comes from."""
    peer = request.state.peer
    if not isinstance(peer, Peer):
        raise TypeError(peer)
    return peer


async def require_asker(request: Request, parts: Parts) -> Applicant:
    """Return who asks. Raises `Problem`, `Refused` and `StoreUnavailable`."""
    secret = secret_of(request)
    if not secret:
        raise Refused(
            "wrong_password", "Say who you are: with “Authorization: Bearer TOKEN”, or log in at /api/v1/session."
        )
    peer = peer_of(request)
    return await parts.visiting.visit(await parts.recognising.recognise(secret, peer), peer)


def secret_of(request: Request) -> str:
    """Return what whoever asks shows: a program's token, or the browser's; empty where nothing. Raises `Problem`."""
    shown = request.headers.get("authorization", "")
    if shown[: len(_BEARER)].lower() == _BEARER:
        return shown[len(_BEARER) :].strip()
    secret = request.cookies.get(SESSION_COOKIE, "")
    if secret:
        require_own_page(request, is_sure=True)
    return secret


def require_own_page(request: Request, *, is_sure: bool) -> None:
    """Raise `Problem` where somebody else's page asks for a change, or, if `is_sure`, where nobody can know."""
    if request.method in _SAFE_METHODS:
        return
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if origin is None and site is None and not is_sure:
        return
    # What the browser itself says goes before what can be seen from here: a proxy may call this server by another name.
    is_own = _is_own(origin or "", request) if site is None else site == _OWN_SITE
    if not is_own:
        raise Problem(
            HTTPStatus.FORBIDDEN, "cross_origin", "That was not asked by a page of this server, and changes nothing."
        )


def _is_own(origin: str, request: Request) -> bool:
    """Return whether an origin is where this server was found; only the port's own default may be left out."""
    # The scheme is left out: a proxy may encrypt what comes here in clear text.
    found = urlsplit(origin)
    return found.scheme in {"http", "https"} and found.netloc.lower() == request.headers.get("host", "").lower()
