"""Where the history is kept: a folder, or a PostgreSQL server whose URL may hold a password.

The URL is matched as a whole and not split leniently, so that no part of a password can end up in a part that is
shown: a reserved character in it has to be percent-encoded. RFC 3986 section 3.2.1.
"""

import re
from typing import Final

HIDDEN: Final = "***"
"""Stands for what is not shown."""

EXAMPLE: Final = "postgresql://user@host:5432/hubbub"

_POSTGRESQL_URL: Final = re.compile(
    r"""
    postgresql://
    ( (?P<user> [^:@/?\#\s]+ ) (?P<password> : [^:@/?\#\s]* )? @ )?
    (?P<place>
        ( \[ [0-9a-fA-F:.%]+ \] | [^:@/?\#\s\[\]]* )              # the host; empty for a socket given in the query
        ( : [0-9]{1,5} )?
        ( / [^@/?\#\s]* )?                                        # the name of the database
    )
    (?P<query> \? [^\#\s]* )?
    """,
    re.VERBOSE,
)


class DatabaseUrlError(ValueError):
    """A text is no URL of a database; its message says what would be right, and never repeats the text."""


def require_database_url(text: str) -> None:
    """Raise `DatabaseUrlError` unless the text is empty or the URL of a PostgreSQL database."""
    if text and not _POSTGRESQL_URL.fullmatch(text):
        raise DatabaseUrlError(
            f"expected nothing, for SQLite in the data folder, or a URL such as {EXAMPLE}, "
            "in which other characters than letters and digits are percent-encoded"
        )


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
