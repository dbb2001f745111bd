"""What a stretch of a run took: time by the clock on the wall, CPU of the server, CPU of the load."""

import time

from msgspec import Struct

from bench.figures import Figure, Sample
from bench.servers import Server

BUSY: tuple[Figure, ...] = (
    Figure("server_busy", "server busy, of one core", "%"),
    Figure("load_busy", "load busy, of one core", "%"),
)
"""Two figures beside the others that tell which of the two was waited for."""


class Effort(Struct, frozen=True):
    """All in seconds."""

    wall: float
    server_cpu: float
    load_cpu: float

    def __add__(self, other: "Effort") -> "Effort":
        return Effort(self.wall + other.wall, self.server_cpu + other.server_cpu, self.load_cpu + other.load_cpu)

    def busy(self) -> Sample:
        """Give the figures of `BUSY`."""
        return {"server_busy": 100 * self.server_cpu / self.wall, "load_busy": 100 * self.load_cpu / self.wall}


class Meter:
    """Runs from the moment it is made."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.before = self._clocks()

    def read(self) -> Effort:
        """Give what was spent since then."""
        wall, server_cpu, load_cpu = (now - then for now, then in zip(self._clocks(), self.before, strict=True))
        return Effort(wall, server_cpu, load_cpu)

    def _clocks(self) -> tuple[float, float, float]:
        return time.monotonic(), self.server.cpu_seconds(), time.process_time()
