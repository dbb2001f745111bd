"""Answering: the head of a request in, the whole answer out. Pure, so that any bytes can be tried."""

from http import HTTPStatus
from typing import Final

from hubbub.gateways.http.head import Head, MalformedHead, parse_head
from hubbub.gateways.http.pages import STYLE_HASH, Page, front_page, invitation_page, plain_page
from hubbub.gateways.http.place import HTTP_PORT, HTTPS_PORT, parse_place
from hubbub.service.links import INVITATION_PATH
from hubbub.service.secret_codes import parse_code

_METHODS: Final = ("GET", "HEAD")
_MAJOR: Final = 1
"""HTTP/1.0 and HTTP/1.1 are spoken; others begin a conversation that nobody here could go on with."""

_NOTHING_ELSE: Final = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What `default-src` does not reach. CSP level 3, section 6.1.3."""

_FIELDS: Final = (
    "Content-Type: text/html; charset=utf-8",
    f"Content-Security-Policy: default-src 'none'; style-src '{STYLE_HASH}'; {_NOTHING_ELSE}",
    "X-Content-Type-Options: nosniff",
    # A code stands in the address: it must not be told to others, nor be kept anywhere on the way.
    "Referrer-Policy: no-referrer",
    "Cache-Control: no-store",
    "Connection: close",
)

_SENTENCES: Final = {
    HTTPStatus.BAD_REQUEST: "What your program sent is no request that this server understands.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Pages can only be read here.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "What your program sent with its request is too long.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Please try again in a moment.",
    HTTPStatus.HTTP_VERSION_NOT_SUPPORTED: "This server speaks HTTP/1.1.",
}
"""Why there is no page, for those who see the answer."""

_NO_PAGE: Final = plain_page("Not found", "There is no such page here.")
_NO_CODE: Final = plain_page(
    "Not an invitation", "This link is not whole: the code at its end is missing something. Ask for it once more."
)


def answer_request(data: bytes, *, is_encrypted: bool) -> bytes:
    """Answer the request that begins with these bytes."""
    try:
        head = parse_head(data)
    except MalformedHead:
        return refuse(HTTPStatus.BAD_REQUEST)
    if head.major != _MAJOR:
        return refuse(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    if head.method not in _METHODS:
        return refuse(HTTPStatus.METHOD_NOT_ALLOWED, f"Allow: {', '.join(_METHODS)}")
    status, page = _find_page(head, HTTPS_PORT if is_encrypted else HTTP_PORT)
    return _encode(status, page, has_body=head.method != "HEAD")


def refuse(status: HTTPStatus, *fields: str) -> bytes:
    """Answer that there is no page, and why."""
    return _encode(status, plain_page(status.phrase, _SENTENCES[status]), *fields)


def _find_page(head: Head, default_port: int) -> tuple[HTTPStatus, Page]:
    place = parse_place(head.authority, default_port)
    if head.path == "/":
        return HTTPStatus.OK, front_page(place)
    if not head.path.startswith(INVITATION_PATH):
        return HTTPStatus.NOT_FOUND, _NO_PAGE
    # Never looked up: nobody can try codes here, and what shows a preview of a link does not use it up.
    code = parse_code(head.path.removeprefix(INVITATION_PATH))
    return (HTTPStatus.NOT_FOUND, _NO_CODE) if code is None else (HTTPStatus.OK, invitation_page(code, place))


def _encode(status: HTTPStatus, page: Page, *fields: str, has_body: bool = True) -> bytes:
    body = page.encode()
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *_FIELDS, *fields, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + (body if has_body else b"")
