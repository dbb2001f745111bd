"""Staying: a token instead of the password, for later runs too, once somebody has logged in."""

import socket
from typing import Final

from hubbub.core.account_answers import TokenMade
from hubbub.core.account_requests import MakeToken
from hubbub.core.kinds import Refused
from hubbub.tui.choices import Who
from hubbub.tui.memory import Memory
from hubbub.tui.station import Station

TOKEN_LABEL: Final = 60
"""Longest label of a token that this client makes, in characters."""

STAYING: Final = "You stay logged in on this computer; /logout ends that."


class Staying:
    """Sees to it, for one desk."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._tried: set[tuple[Station, Who]] = set()

    def is_due(self, station: Station) -> bool:
        """Whether somebody has come in by a password, for which there is no token yet."""
        is_in = station.is_online and station.you.has_account and bool(station.who.password)
        return is_in and (station, station.who) not in self._tried

    async def stay(self, station: Station) -> str:
        """Have a token instead of the password; return what is to be told, or nothing where the server makes none.

        Raises `Unremembered` where it is one of this run only, and else as `Station.ask` does.
        """
        self._tried.add((station, station.who))
        made = await self.make_token(station)
        if made is None:
            return ""
        station.hold(made.secret)
        self._memory.keep_account(str(station.endpoint), station.you.name, made.id, made.secret)
        return STAYING

    async def make_token(self, station: Station) -> TokenMade | None:
        """Return a token of whoever one is there; None where the server makes none."""
        try:
            made = await station.ask(MakeToken(f"hubbub chat on {socket.gethostname()}"[:TOKEN_LABEL]))
        except Refused:
            return None
        return made if isinstance(made, TokenMade) else None
