"""IRC names: what an operator may tell IRC clients of the server and its network."""

import re
from typing import Final

SERVER_NAME_LIMIT: Final = 63
"""Longest name of a server, in characters. RFC 2812 section 1.1."""

NETWORK_LIMIT: Final = 50
"""Longest name of a network, in characters: it stands in a line with other things."""

_SERVER_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z0-9-]*[A-Za-z0-9]")


class IrcNameError(ValueError):
    """A text cannot be told so; the message says what can."""


def require_server_name(text: str) -> None:
    """Raise `IrcNameError` unless the text is empty or looks like a host: by its full stop clients know a server."""
    if text and (len(text) > SERVER_NAME_LIMIT or _SERVER_NAME.fullmatch(text) is None):
        raise IrcNameError(
            f"expected letters, digits, hyphens and at least one full stop, such as irc.example.org, "
            f"of {SERVER_NAME_LIMIT} characters at most"
        )


def require_network(text: str) -> None:
    """Raise `IrcNameError` unless the text is one word."""
    if not text.isprintable() or " " in text or not 0 < len(text) <= NETWORK_LIMIT:
        raise IrcNameError(f"expected a name without spaces, of {NETWORK_LIMIT} characters at most")


def require_motd(text: str) -> None:
    """Raise `IrcNameError` for what no line may hold."""
    if "\0" in text:
        raise IrcNameError("expected a text without NUL")
