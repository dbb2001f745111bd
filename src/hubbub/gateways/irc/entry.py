"""An entry of the table of commands."""

from collections.abc import Sequence
from typing import NamedTuple

from hubbub.gateways.irc.talk import Handler


class Entry(NamedTuple):
    """One command."""

    handle: Handler
    least: int = 0
    """How many parameters it has at least; with fewer, it is answered with 461."""
    is_early: bool = False
    """Whether it may be used before one is in."""
    is_automatic: bool = False
    """Whether programs send it by themselves: it tells nothing of whether anybody is there."""
    in_turn: bool = True
    """Whether it is understood only when everything before it is answered: it looks at what is so at the moment."""
    is_dear: bool = False
    """Whether its answer takes long to make: that begins when the pace allows it, not when it was heard."""
    is_dear_alone: bool = False
    """Whether that is so only of the command by itself, without a parameter: then it looks everywhere."""

    def is_dear_with(self, params: Sequence[str]) -> bool:
        """Return whether it is so with these parameters."""
        return self.is_dear or (self.is_dear_alone and not params)
