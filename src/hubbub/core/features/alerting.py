"""Alerting: what administrators tell each other at once. None of it is kept."""

from hubbub.core.kinds import Command


class Alert(Command, frozen=True):
    """Tell all administrators and owners of the server something who are here; asked by one of them."""

    text: str
