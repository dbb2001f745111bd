"""A statement of SQL, in a database's own words."""

import sys
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Final

Order = Callable[[Mapping[str, object]], Sequence[object]]
"""Puts named parameters in order."""


class Statement:
    """One statement as its database's driver takes it: text, and the order of its parameters."""

    __slots__ = ("fixed", "names", "order", "sql")

    def __init__(self, sql: str, names: Sequence[str], fixed: Mapping[str, object]) -> None:
        """`names` of parameters stand in the order of the text; those in `fixed` are always the same."""
        self.sql: Final = sql
        # The very strings that callers name their parameters by, which are found without being compared.
        self.names: Final = tuple(map(sys.intern, names))
        self.fixed: Final = fixed
        # Of several, an `itemgetter` makes a tuple, and of one none. It does in one call what is four in Python.
        is_plain = len(self.names) > 1 and not fixed
        self.order: Final[Order] = itemgetter(*self.names) if is_plain else self._order
        """Returns the parameters as the statement's text wants them; raises `KeyError` for one that is missing."""

    def _order(self, values: Mapping[str, object]) -> Sequence[object]:
        fixed = self.fixed
        return [values[name] if name in values else fixed[name] for name in self.names]
