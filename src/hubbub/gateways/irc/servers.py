"""Servers: whether the one that is meant is this one, for no other is known."""

from hubbub.core.names import find_pattern_key
from hubbub.core.patterns import PATTERN_LIMIT, matches
from hubbub.gateways.irc.talk import Talk, as_parameter
from hubbub.wire.irc.numerics import Numeric


def is_this(talk: Talk, target: str) -> bool:
    """Return whether it is meant: by its name or a mask of it, or by somebody who is on it. RFC 2812 section 3.4."""
    return fits(talk, target) or talk.settings.house.find_named(target) is not None


def fits(talk: Talk, mask: str) -> bool:
    """Return whether its name fits a mask."""
    return matches(find_pattern_key(mask[:PATTERN_LIMIT]), talk.settings.names.server.lower())


def unknown(talk: Talk, target: str) -> bytes:
    """Say that there is no such server."""
    return talk.numeric(Numeric.ERR_NOSUCHSERVER, as_parameter(target), text="There is no such server")
