"""Columns: what stands where in a timeline of some width."""

from typing import Final, NamedTuple

WIDE: Final = 100
"""From so many cells on, names have room."""

NARROW: Final = 54
"""With fewer, names stand before what is said and not in a column of their own."""

TINY: Final = 34
"""With fewer, there are no times either."""


class Columns(NamedTuple):
    """How many cells each takes; the first one of all is that of marks."""

    width: int
    time: int
    """0 where there is none."""
    name: int
    """0 where names stand in the text."""
    body: int
    """What is left for the text."""

    @property
    def lead(self) -> int:
        """How many cells are before the text."""
        return self.width - self.body


def columns_for(width: int) -> Columns:
    """Return what fits."""
    if width < TINY:
        return Columns(width, 0, 0, max(width - 1, 2))
    time = 6
    if width < NARROW:
        return Columns(width, time, 0, width - 1 - time)
    name = 16 if width >= WIDE else 11
    return Columns(width, time, name, width - 1 - time - name - 2)
