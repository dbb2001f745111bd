"""The table of commands: each with what handles it, its fewest parameters, and when it may be used."""

from collections.abc import Mapping
from typing import Final

from hubbub.gateways.irc.commands import (
    annotating,
    authenticating,
    capabilities,
    channels,
    features,
    registration,
    server,
    speaking,
)
from hubbub.gateways.irc.entry import Entry

COMMANDS: Final[Mapping[str, Entry]] = {
    **registration.COMMANDS,
    **authenticating.COMMANDS,
    **capabilities.COMMANDS,
    **features.COMMANDS,
    **channels.COMMANDS,
    **speaking.COMMANDS,
    **annotating.COMMANDS,
    **server.COMMANDS,
}
"""Every command there is."""
