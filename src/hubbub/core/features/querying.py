"""Querying: what clients ask each other, besides what people say. IRC's CTCP is such a thing; none of it is kept."""

from typing import Final

from hubbub.core.kinds import Command

QUERY_LIMIT: Final = 400
"""Longest question or answer, in characters. About what one IRC line leaves room for."""


class QueryClient(Command, frozen=True):
    """Have a person's client asked something, or those of all who are in a channel; or answer what was asked."""

    to: str
    """A person's name, or a channel's."""
    text: str
    is_answer: bool = False
