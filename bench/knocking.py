"""Knocking: many people who log in at the same moment. A process of its own, so that it holds up no one else's load.

`python -m bench.knocking HOST PORT PEOPLE` opens so many accounts and says `open`. For each line that it reads, it
connects them all again, and says `knocked`; for the next one it logs all of them in at once, says `in` when the last
one is, and disconnects them.
"""

import asyncio
import sys
from typing import Final

PASSWORD: Final = "as long as it takes"  # noqa: S105 - it protects what a measurement makes
"""Everybody's, here."""

GONE: Final = "the server disconnected somebody who wanted to log in"


class Knocker:
    """Somebody with an account, who is in a room of his own: nothing that is said in the lobby goes to him."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def connect(self, host: str, port: int) -> None:
        """Come to the door."""
        self.reader, self.writer = await asyncio.open_connection(host, port)

    async def open_account(self) -> None:
        """Come in, with a name that nobody has yet, and return when it is kept."""
        await self._say(f"{self.name}\n/register {PASSWORD}\n/join #{self.name}\n/leave #lobby\n")

    async def log_in(self) -> None:
        """Come in, and return when that is done."""
        await self._say(f"/login {self.name} {PASSWORD}\n/join #{self.name}\n")

    def leave(self) -> None:
        """Be gone."""
        self.writer.close()

    async def _say(self, words: str) -> None:
        token = f"done-{self.name}"
        self.writer.write(f"{words}/ping {token}\n".encode())
        while line := await self.reader.readline():
            if token.encode() in line:
                return
        raise ConnectionError(GONE)


async def knock(host: str, port: int, people: int) -> None:
    """Do as this module says, until there is nothing more to read."""
    knockers = [Knocker(f"k{number:03}") for number in range(people)]

    async def together(step: str, *values: object) -> None:
        await asyncio.gather(*(getattr(knocker, step)(*values) for knocker in knockers))

    await together("connect", host, port)
    await together("open_account")
    tell("open")
    while await asyncio.to_thread(sys.stdin.readline):
        for knocker in knockers:
            knocker.leave()
        await together("connect", host, port)
        tell("knocked")
        await asyncio.to_thread(sys.stdin.readline)
        await together("log_in")
        tell("in")


def tell(word: str) -> None:
    """Say how far it is."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(knock(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
