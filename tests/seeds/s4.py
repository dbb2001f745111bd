"""S4: text chat with commands. Reads with `recv(1024)`, knows a few sentences of the server by heart."""

import re
from typing import ClassVar, Final

from tests.seeds.client import Address
from tests.seeds.s0 import ChunkReader

NAMED: Final = re.compile(
    r"(?:You have been assigned the username|Your username has been changed to) '(?P<name>[^']+)'\."
)
"""The sentences by which the program learns its user's name."""

TAKEN: Final = re.compile(r"Username '(?P<name>[^']+)' is already taken")
"""The sentence after which it knows that it has no such name."""


class S4Client(ChunkReader):
    """S4's own client. `username` is what it believes its name to be, from the server's sentences alone."""

    kind: ClassVar[str] = "s4"

    def __init__(self, address: Address, name: str) -> None:
        super().__init__(address, name)
        self.username: str | None = None
        self.refused_names: list[str] = []

    def say(self, text: str) -> None:
        """Send a chunk; after `/exit` (in any case) close without reading what is still to come."""
        super().say(text)
        if text.strip().lower() == "/exit":
            self.leave()

    def displayed(self, line: str) -> None:
        """Learn from the sentences that it knows, then show the line."""
        if named := NAMED.search(line):
            self.username = named["name"]
        elif taken := TAKEN.search(line):
            self.refused_names.append(taken["name"])
        super().displayed(line)
