"""A client of IRC in the hands of a test: what it sends, and everything that it is answered."""

import itertools
from typing import Final

from tests.harness.actor import PATIENCE_SECONDS
from tests.seeds.client import Address
from tests.seeds.irc import IrcClient

_tokens: Final = itertools.count(1)


class IrcGuest:
    """Somebody who says lines of the protocol; shown as in dialogues (`tests/dialogues/README.md`)."""

    def __init__(self, address: Address, name: str, *wanted: str) -> None:
        """Connect, and say nothing yet; `wanted` is what it switches on when it registers."""
        self.name = name
        self.client = IrcClient(address, name, wanted)
        self.client.connect()

    def register(self) -> "IrcGuest":
        """Come in."""
        self.client.register()
        self.client.screen.pick(lambda line: line.startswith("001 "), PATIENCE_SECONDS)
        self.ask()
        return self

    def ask(self, *lines: str | bytes) -> list[str]:
        """Send lines, and return all that is shown until they are answered."""
        for line in lines:
            if isinstance(line, bytes):
                self.client.send_bytes(line)
            else:
                self.client.say(line)
        token = f"token-{next(_tokens)}"
        self.client.say(f"PING :{token}")
        before = self.client.screen.pick(lambda line: line.endswith(f" :{token}"), PATIENCE_SECONDS)
        self.client.screen.clear()
        return before

    def leave(self) -> None:
        """Leave."""
        self.client.leave()
