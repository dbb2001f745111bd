"""A crowd: more people on IRC than a scene has parts for. They come, and are there; nobody looks at their screens."""

import resource
import socket
from typing import Final

from tests.harness.errors import Unmet
from tests.seeds.client import Address

PATIENCE_SECONDS: Final = 60.0
"""How long one of them waits for what comes next. Only a bound."""

AT_ONCE: Final = 100
"""How many come at the same time: fewer than a server keeps waiting before its port."""

WELCOMED: Final = b" 001 "
"""In what somebody hears who is in: RPL_WELCOME."""

ENTERED: Final = b" 366 "
"""In what somebody hears at last who comes into a channel: RPL_ENDOFNAMES."""

READ_BYTES: Final = 65_536

SPARE_FILES: Final = 500
"""What the tests have open beside a crowd."""


class Crowd:
    """People called crowd1, crowd2 and so on. Whatever else they are told waits unread until they leave."""

    def __init__(self) -> None:
        self._there: list[socket.socket] = []

    def come(self, address: Address, count: int, *, into_lobby: bool) -> None:
        """Let so many more come in, and into the lobby where that is said; raise `Unmet` if one is not let in."""
        allow_files(len(self._there) + count + SPARE_FILES)
        first, end = len(self._there) + 1, len(self._there) + count + 1
        for begin in range(first, end, AT_ONCE):
            names = [f"crowd{number}" for number in range(begin, min(begin + AT_ONCE, end))]
            comers = [self._open(address) for _ in names]
            for name, comer in zip(names, comers, strict=True):
                comer.sendall(f"NICK {name}\r\nUSER {name} 0 * :{name}\r\n".encode())
                if into_lobby:
                    comer.sendall(b"JOIN #lobby\r\n")
            for name, comer in zip(names, comers, strict=True):
                read_until(ENTERED if into_lobby else WELCOMED, comer, name)

    def leave(self) -> None:
        """Let all of them go."""
        for one in self._there:
            one.close()
        self._there.clear()

    def _open(self, address: Address) -> socket.socket:
        comer = socket.create_connection(address, PATIENCE_SECONDS)
        self._there.append(comer)
        return comer


def read_until(wanted: bytes, comer: socket.socket, name: str) -> None:
    """Read what somebody is told until that is in it; raise `Unmet` if it ends before."""
    told = b""
    while wanted not in told:
        data = comer.recv(READ_BYTES)
        if not data:
            raise Unmet(f"{name} was not let in, but told {told!r}")
        told += data


def allow_files(count: int) -> None:
    """Let this process have so many files open; raise `Unmet` where the system does not."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count:
        raise Unmet(f"this user may open {hard} files, and the crowd needs {count}: see `ulimit -Hn`")
    if soft != resource.RLIM_INFINITY and soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
