"""The machine: how many files may be open, and how much memory there is."""

import re
from collections.abc import Iterator
from typing import Final

from hubbub.server.doctor.findings import Finding, ok, problem, warning

SPARE_FILES: Final = 64
"""Files that a server opens besides its connections: databases, logs, what it sends."""

FEW_FILES: Final = 4_096
"""Fewer than this is little for a server that many may come to; most systems give 500 000 and more."""

ENOUGH_BYTES: Final = 256_000_000
"""An idle server takes 80 MB, a log-in 64 MiB for a moment, a thousand connections 12 MB."""

TOO_LITTLE_BYTES: Final = 100_000_000

_AVAILABLE: Final = re.compile(r"^MemAvailable: +([0-9]+) kB$", re.MULTILINE)


def judge_files(most: int, connections: int) -> Iterator[Finding]:
    """Say whether so many open files are enough for that many connections, which is 0 for no limit."""
    remedy = "Raise it: LimitNOFILE=65536 in the unit of systemd, or ulimit -Hn 65536 as root."
    if connections and most < connections + SPARE_FILES:
        yield problem("limits", f"{most} files may be open, and limits.connections is {connections}.", remedy)
    elif most < FEW_FILES:
        yield warning("limits", f"Only {most} files may be open at a time, and each connection is one.", remedy)
    else:
        yield ok("limits", f"{most} files may be open at a time.")


def judge_memory(available: int | None) -> Iterator[Finding]:
    """Say whether so many bytes are enough; None where nobody knows."""
    if available is None:
        return
    free = f"{available / 1_000_000:,.0f} MB of memory are free"
    remedy = "End something else, or give the machine or the container more."
    if available < TOO_LITTLE_BYTES:
        yield problem("memory", f"Only {free}.", remedy)
    elif available < ENOUGH_BYTES:
        yield warning("memory", f"Only {free}: a few log-ins at once may be too many.", remedy)
    else:
        yield ok("memory", f"{free}.")


def available_memory(meminfo: str, cgroup_most: str, cgroup_used: str) -> int | None:
    """Return how many bytes can still be used, from what Linux says of the machine and of the container.

    See proc_meminfo(5), and `memory.max` and `memory.current` in the kernel's cgroup-v2.rst.
    """
    found = _AVAILABLE.search(meminfo)
    amounts = [int(found[1]) * 1_024] if found else []
    if cgroup_most.strip().isdigit() and cgroup_used.strip().isdigit():
        amounts.append(int(cgroup_most) - int(cgroup_used))
    return min(amounts, default=None)
