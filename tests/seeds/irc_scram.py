"""How an IRC client logs in by SCRAM-SHA-256 without its user: what it answers to each AUTHENTICATE.

https://ircv3.net/specs/extensions/sasl-3.1, RFC 7677.
"""

import base64

from tests.seeds.client import BrokenBytesError
from tests.service.scram_client import ScramClient

EMPTY = "+"
"""A message of no bytes."""


class ScramLogin:
    """One login, from the server's first empty message to the empty one that ends it."""

    def __init__(self, name: str, password: str) -> None:
        self._knower = ScramClient(name, password)

    def answer(self, piece: str) -> str:
        """Return what is answered; raise `BrokenBytesError` if the server does not know the password, either."""
        if piece == EMPTY:
            return _encoded(self._knower.first)
        message = base64.b64decode(piece).decode()
        if not message.startswith("v="):
            return _encoded(self._knower.prove(message))
        if not self._knower.believes(message):
            raise BrokenBytesError("the server proves nothing")
        return EMPTY


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
