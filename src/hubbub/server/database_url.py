"""Where the history is kept: a folder, or a PostgreSQL server whose URL may hold a password.

The URL is matched as a whole and not split leniently, so that no part of a password can end up in a part that is
shown: a reserved character in it has to be percent-encoded. RFC 3986 section 3.2.1.
"""

import re
from typing import Final

from hubbub.server.listen import HIGHEST_PORT

HIDDEN: Final = "***"
"""Stands for what is not shown."""

EXAMPLE: Final = "postgresql://user@host:5432/hubbub"

_POSTGRESQL_URL: Final = re.compile(
    r"""
    postgresql://
    ( (?P<user> [^:@/?\#\s]+ ) (?P<password> : [^:@/?\#\s]* )? @ )?
    (?P<place>
        ( \[ [0-9a-fA-F:.%]+ \] | [^:@/?\#\s\[\]]* )              # the host; empty for a socket given in the query
        ( : (?P<port> [0-9]{1,5} ) )?
        ( / [^@/?\#\s]* )?                                        # the name of the database
    )
    (?P<query> \? [^\#\s]* )?
    """,
    re.VERBOSE,
)


_PORT: Final = re.compile(r"[0-9]{1,5}")

_BRACKETED: Final = re.compile(r"\[.*\]")

_IPV6: Final = re.compile(r"[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
"""What can only be meant for an IPv6 address, perhaps with a port behind it."""

_RESERVED: Final = {"@": "%40", ":": "%3A", "/": "%2F", "?": "%3F", "#": "%23", " ": "%20"}
"""What means something in a URL, and how it is written where it means nothing. RFC 3986 section 2.1."""


class DatabaseUrlError(ValueError):
    """A text is no URL of a database; its message says which part is wrong, and never repeats any of it."""


def require_database_url(text: str) -> None:
    """Raise `DatabaseUrlError` unless the text is empty or the URL of a PostgreSQL database."""
    match = _POSTGRESQL_URL.fullmatch(text)
    if text and (not match or int(match["port"] or 0) > HIGHEST_PORT):
        raise DatabaseUrlError(f"{_find_wrong_part(text)}; expected a URL such as {EXAMPLE}, or nothing for SQLite")


def shown_database_url(text: str) -> str:
    """Write the URL without its password, and without its query, which may hold one too."""
    match = _POSTGRESQL_URL.fullmatch(text)
    if not match:
        return HIDDEN if text else ""
    user = match["user"] or ""
    password = f":{HIDDEN}" if match["password"] else ""
    at = "@" if user else ""
    query = f"?{HIDDEN}" if match["query"] else ""
    return f"postgresql://{user}{password}{at}{match['place']}{query}"


def _find_wrong_part(text: str) -> str:
    """Say which part of a URL keeps it from being one, from its beginning to its end."""
    scheme, slashes, rest = text.partition("://")
    if not slashes:
        return "this is no URL"
    if scheme != "postgresql":
        return _explain_scheme(scheme)
    user, at, place = rest.rpartition("@")
    if at and (wrong := _find_wrong_user(user)):
        return wrong
    return _find_wrong_place(place)


def _explain_scheme(scheme: str) -> str:
    if scheme.startswith("postgres"):
        return "it has to begin with postgresql://"
    if scheme.startswith("sqlite"):
        return "SQLite has no URL: leave it out, and say with --data FOLDER where to keep it"
    return "only PostgreSQL and SQLite are supported"


def _find_wrong_user(text: str) -> str:
    user, _, password = text.partition(":")
    if not user:
        return "the user's name is missing"
    return _find_reserved(user, "user's name") or _find_reserved(password, "password")


def _find_wrong_place(text: str) -> str:
    place, _, parameters = text.partition("?")
    server, _, name = place.partition("/")
    _, colon, port = _BRACKETED.sub("", server).rpartition(":")
    if _IPV6.fullmatch(server):
        return "the host is an IPv6 address, and needs brackets"
    if colon and not (_PORT.fullmatch(port) and int(port) <= HIGHEST_PORT):
        return f"the port is no number up to {HIGHEST_PORT}"
    if re.search(r"[#\s]", parameters):
        return "behind the ?, write %20 instead of a space and %23 instead of #"
    return _find_reserved(name, "database's name") or "the host is no name or address"


def _find_reserved(text: str, part: str) -> str:
    for character, code in _RESERVED.items():
        if character in text:
            return f"in the {part}, write {code} instead of {'a space' if character == ' ' else character}"
    return ""
