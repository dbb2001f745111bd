"""Costs: what an answer costs that looks at many people or channels, beyond the pace of one command."""

from collections.abc import Iterator
from itertools import repeat
from typing import Final

from hubbub.gateways.conversation import Charge

AT_ONCE: Final = 200
"""How many are looked at, or told of, for the pace of one command: that takes some 3 ms."""


def of(looks: int) -> Iterator[Charge]:
    """Take the time of as many commands as that is worth, but for the one that it is."""
    return repeat(Charge(), looks // AT_ONCE)
