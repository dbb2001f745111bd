"""Ports that stay free until they are asked for again: the system gives none of them to anybody by itself."""

import itertools
import os
import socket
from typing import Final

FIRST: Final = 20_000
"""Linux gives out ports from 32768 on. https://docs.kernel.org/networking/ip-sysctl.html, `ip_local_port_range`."""

EACH: Final = 1_500
"""How many a process of the test run takes in turn."""

PROCESSES: Final = 8
"""How many processes have ports of their own; FIRST + PROCESSES * EACH stays below what the system gives out."""

_worker: Final = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % PROCESSES
_mine: Final = range(FIRST + _worker * EACH, FIRST + (_worker + 1) * EACH)
_turn: Final = itertools.cycle(_mine)
# Another test run on this machine, which has the same ports, begins elsewhere.
for _ in range(os.getpid() % EACH):
    next(_turn)


def lasting_port() -> int:
    """Return a port on which nobody listens, and on which nobody will who has not asked for it.

    A server that is started a second time finds it free.
    """
    return next(port for port in itertools.islice(_turn, EACH) if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
