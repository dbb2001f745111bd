"""WHOX: which fields of a WHO somebody wants, `%tcuhnar,42`. IRCv3 whox."""

from collections.abc import Mapping
from typing import Final

import msgspec

FIELDS: Final = "tcuihsnfdlaor"
"""Every field, in the order in which they are told, whatever the order in which they were asked for."""

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "t": "0",
    "c": "*",
    "i": "255.255.255.255",
    "d": "0",
    "l": "0",
    "a": "0",
    "o": "n/a",
}
"""What stands for a field that is not told; for `o` as others have it, who do not know such levels."""

_REAL_NAME: Final = "r"
_ASKED: Final = "t"
_TOKEN_DIGITS: Final = 3


class WhoOptions(msgspec.Struct, frozen=True):
    """What stands behind the mask of a WHO."""

    flags: str = ""
    """Letters before the `%`; `o` asks for operators only. RFC 2812 section 3.6.1."""

    fields: str | None = None
    """Which of `FIELDS`, in their order; None where no `%` stands: then it is a WHO as ever."""

    token: str = ""
    """Up to three digits, by which a client knows its question again; "" where it gave none."""


def parse_who_options(text: str) -> WhoOptions:
    """Return what somebody wants; letters that nobody knows are left out, and a token that is none."""
    flags, percent, rest = text.partition("%")
    if not percent:
        return WhoOptions(flags)
    asked, _, token = rest.partition(",")
    is_token = token.isascii() and token.isdigit() and len(token) <= _TOKEN_DIGITS
    return WhoOptions(flags, "".join(field for field in FIELDS if field in asked), token if is_token else "")


def who_parameters(options: WhoOptions, values: Mapping[str, str]) -> tuple[list[str], str | None]:
    """Return the parameters of a 354 behind the nick, and the real name that ends it, or None where none was wanted."""
    told = {_ASKED: options.token, **values}
    fields = options.fields or ""
    params = [told.get(field) or PLACEHOLDERS.get(field, "*") for field in fields if field != _REAL_NAME]
    return params, told.get(_REAL_NAME, "") if _REAL_NAME in fields else None
