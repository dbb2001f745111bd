"""Stand-ins: rows among the passwords that are nobody's, because they are the server's own secrets."""

from collections.abc import Iterable
from typing import Any, Final

from hubbub.service.own_secrets import OWN
from hubbub.stores import schema
from hubbub.stores.shapes import Shape

_TABLE: Final = schema.credentials.name
_ACCOUNT: Final = schema.credentials.c.account.name


def count_stand_ins(shape: Shape, rows: Iterable[tuple[Any, ...]]) -> int:
    """Return how many of these rows of a table are nobody's."""
    if shape.name != _TABLE:
        return 0
    place = next(place for place, column in enumerate(shape.columns) if column.name == _ACCOUNT)
    return sum(row[place] in OWN for row in rows)
