"""The table of commands: each with what handles it, its fewest parameters, and when it may be used."""

from collections.abc import Mapping
from typing import Final

from hubbub.gateways.irc.commands import (
    accounts,
    annotating,
    authenticating,
    batching,
    capabilities,
    channels,
    describing,
    features,
    gateways,
    hearing,
    helping,
    history,
    information,
    listing,
    marking,
    moderating,
    modes,
    operating,
    presence,
    registration,
    searching,
    server,
    services,
    speaking,
    who,
    whois,
)
from hubbub.gateways.irc.entry import Entry

COMMANDS: Final[Mapping[str, Entry]] = {
    **registration.COMMANDS,
    **accounts.COMMANDS,
    **authenticating.COMMANDS,
    **capabilities.COMMANDS,
    **features.COMMANDS,
    **gateways.COMMANDS,
    **channels.COMMANDS,
    **listing.COMMANDS,
    **moderating.COMMANDS,
    **modes.COMMANDS,
    **speaking.COMMANDS,
    **annotating.COMMANDS,
    **batching.COMMANDS,
    **history.COMMANDS,
    **searching.COMMANDS,
    **marking.COMMANDS,
    **server.COMMANDS,
    **information.COMMANDS,
    **helping.COMMANDS,
    **presence.COMMANDS,
    **describing.COMMANDS,
    **hearing.COMMANDS,
    **operating.COMMANDS,
    **who.COMMANDS,
    **whois.COMMANDS,
    **services.COMMANDS,
}
"""Every command there is."""
