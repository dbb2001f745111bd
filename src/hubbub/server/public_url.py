"""The public URL: what links to a server begin with, as its operator writes it."""

import re
from typing import Final

from hubbub.server.listen import ListenAddress, ListenError

_URL: Final = re.compile(r"https?://(?P<place>[^/?#@=\s]+)")

_ANY_PORT: Final = 443
"""Stands in where there is none: it only has to be one."""


class PublicUrlError(ValueError):
    """A text is no URL of a server; its message says what would be right."""


def require_public_url(text: str) -> None:
    """Raise `PublicUrlError` unless the text is empty or a scheme, a host and perhaps a port."""
    if not text:
        return
    found = _URL.fullmatch(text)
    if found is None:
        raise PublicUrlError(
            "expected http:// or https://, a host and perhaps a port, such as https://chat.example.org:4242"
        )
    place = found["place"]
    host = place.rpartition("]")[2] if "[" in place else place
    try:
        address = ListenAddress.parse(place if ":" in host else f"{place}:{_ANY_PORT}")
    except ListenError as error:
        raise PublicUrlError(str(error)) from error
    if not address.port:
        raise PublicUrlError("nobody can come to port 0")
