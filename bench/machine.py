"""The machine and the programs a measurement was made with: a figure without them says nothing."""

import os
import platform
import sqlite3
import statistics
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from msgspec import Struct

SYNC_TRIES: Final = 50
"""How often the disk is asked to keep something, to learn how long it takes."""

SYNC_BYTES: Final = 4096
"""One page of SQLite's log."""


class Machine(Struct, frozen=True):
    """What a reader needs to compare the figures with his own."""

    cpu: str
    cores: int
    memory_gb: float
    kernel: str
    python: str
    uvloop: str
    sqlite: str
    hubbub: str
    data_on: str
    """File system of the folder for the data."""
    sync_ms: float
    """Median time the disk takes to keep one page: a commit cannot be faster."""
    load_average: float
    """Programs that were running already, averaged over the minute before."""


def describe_machine(folder: Path) -> Machine:
    """Look at this machine; `folder` is where the servers' data will be."""
    return Machine(
        cpu=field_of(Path("/proc/cpuinfo"), "model name") or platform.machine(),
        cores=len(os.sched_getaffinity(0)),
        memory_gb=round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1),
        kernel=platform.release(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        uvloop=version_of("uvloop"),
        sqlite=sqlite3.sqlite_version,
        hubbub=version_of("hubbub"),
        data_on=file_system_of(folder),
        sync_ms=round(time_to_sync(folder) * 1e3, 3),
        load_average=round(os.getloadavg()[0], 2),
    )


def version_of(package: str) -> str:
    """Give the version of an installed package, or a dash."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"


def field_of(path: Path, name: str) -> str | None:
    """Find the first line `name: value` of a file in `/proc`."""
    for line in path.read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return None


def file_system_of(folder: Path) -> str:
    """Name the type of the file system a folder is on: `tmpfs` keeps nothing, and its commits cost nothing."""
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    holding = [mount for mount in mounts if folder.resolve().is_relative_to(mount[1])]
    holding.reverse()  # of those mounted over another at one place, the last is the one in use
    return max(holding, key=lambda mount: len(mount[1]))[2]


def time_to_sync(folder: Path) -> float:
    """Measure the median seconds that appending one page and having it kept takes."""
    path = folder / "sync"
    seconds = []
    with path.open("wb", buffering=0) as file:
        for _ in range(SYNC_TRIES):
            started = time.monotonic()
            file.write(bytes(SYNC_BYTES))
            os.fdatasync(file)
            seconds.append(time.monotonic() - started)
    path.unlink()
    return statistics.median(seconds)
