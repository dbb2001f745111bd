"""The disk: whether there is room on it, and whether it is one that a database can live on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from hubbub.server.doctor.findings import Finding, ok, problem, warning

MEGABYTE: Final = 1_000_000

LITTLE_BYTES: Final = 1_000 * MEGABYTE
"""Less than this is worth a warning: a day of a busy server with files."""

TOO_LITTLE_BYTES: Final = 100 * MEGABYTE
"""Less than this is a problem: SQLite's log alone may take as much."""

LITTLE_INODES: Final = 10_000
"""Files that can still be made, where there is a limit."""

SHARED: Final = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "ceph", "glusterfs", "fuse.glusterfs", "afs")
"""Beginnings of the names of file systems that are on another machine: https://sqlite.org/wal.html, section 1."""


class Disk(msgspec.Struct, frozen=True):
    """What there is of the disk of a folder."""

    free_bytes: int
    """For who runs this, not for root."""
    free_inodes: int | None
    """None where files are not counted."""
    is_read_only: bool
    file_system: str
    """Its kind, such as ext4; empty where nobody knows."""


def judge_disk(disk: Disk, folder: Path, *, has_database: bool) -> Iterator[Finding]:
    """Say whether data can be kept there, and a SQLite database if there is to be one."""
    free = f"{disk.free_bytes / MEGABYTE:,.0f} MB"
    remedy = "Make room, or move the data folder to a larger disk."
    if disk.is_read_only:
        yield problem(
            "disk", f"The disk of {folder} can only be read.", "Mount it to be written; dmesg says why it is not."
        )
    if disk.free_bytes < TOO_LITTLE_BYTES:
        yield problem("disk", f"The disk of {folder} is full: {free} are free.", remedy)
    elif disk.free_bytes < LITTLE_BYTES:
        yield warning("disk", f"The disk of {folder} is nearly full: {free} are free.", remedy)
    else:
        yield ok("disk", f"{free} are free on the disk of {folder}.")
    if disk.free_inodes is not None and disk.free_inodes < LITTLE_INODES:
        yield warning(
            "disk",
            f"Only {disk.free_inodes} more files can be made on the disk of {folder}.",
            "Delete small files that nobody needs.",
        )
    if has_database and disk.file_system.startswith(SHARED):
        yield problem(
            "disk",
            f"{folder} is on {disk.file_system}, where SQLite can lose what was said.",
            "Name a folder on a disk of this machine, or use PostgreSQL.",
        )


def find_file_system(folder: Path, mounts: str) -> str:
    """Return the kind of file system a folder is on, from Linux's list of mounts (proc_mounts(5)); empty if unknown."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, place, found, *_ = line.split(" ")
        # Spaces are written as octal numbers there.
        path = Path(place.encode().decode("unicode_escape"))
        if (folder == path or path in folder.parents) and len(path.parts) >= best:
            best, kind = len(path.parts), found
    return kind
