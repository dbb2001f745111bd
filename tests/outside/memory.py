"""How much memory a process has, as the system counts it: proc(5)."""

import re
from pathlib import Path
from typing import Final

KILOBYTE: Final = 1_024
"""What proc(5) calls kB."""

MEGABYTE: Final = 1_048_576


def resident_bytes(pid: int) -> int:
    """Return what the process holds in memory now."""
    return _status(pid, "VmRSS")


def peak_bytes(pid: int) -> int:
    """Return the most that it has held since `forget_peak`."""
    return _status(pid, "VmHWM")


def forget_peak(pid: int) -> None:
    """Begin to look for a new peak."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _status(pid: int, field: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"^{field}:\s+(\d+) kB$", status, re.MULTILINE)
    assert found, f"no {field} in /proc/{pid}/status"
    return int(found[1]) * KILOBYTE
