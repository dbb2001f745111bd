"""The servers that can be measured, and how each is started."""

import shlex
import sys
from pathlib import Path
from typing import Final

from bench.servers import Attached, Launch, Launcher, Server
from bench.session import Contender

FLOOR_COMMAND: Final = (
    sys.executable,
    "-m",
    "bench.floor",
    "--announces",
    "{announces}",
    "--spoken",
    "{spoken}",
)

HUBBUB_COMMAND: Final = (
    *(sys.executable, "-m", "hubbub", "serve", "--listen", "127.0.0.1:0={protocol}", "--data", "{data}"),
    *("--set", "limits.enabled=false", "--set", "rooms.announce={announces}"),
)
"""All settings are those a newcomer gets, but for what the measurement itself needs."""


def the_floor() -> Contender:
    """Give the yardstick."""
    return Contender("floor", shlex.join(FLOOR_COMMAND), lambda folder, _key: Launcher(FLOOR_COMMAND, folder))


def hubbub(profile: Path | None) -> Contender:
    """Give the server of this checkout, as it is installed."""
    return program("hubbub", HUBBUB_COMMAND, profile)


def other(command: str, profile: Path | None) -> Contender:
    """Give another program, from its command line as for a shell."""
    return program("server", tuple(shlex.split(command)), profile)


def attached(server: Server) -> Contender:
    """Give a server that runs already."""
    host, port = server.address
    return Contender("server", f"{host}:{port}", lambda _folder, _key: Attached(server))


def program(name: str, command: tuple[str, ...], profile: Path | None) -> Contender:
    """Give a program; each row's profile gets a file of its own, the last round's staying."""

    def launch(folder: Path, row: str) -> Launch:
        path = profile.with_name(f"{profile.stem}-{row}{profile.suffix}") if profile else None
        return Launcher(command, folder, path)

    return Contender(name, shlex.join(command), launch)
