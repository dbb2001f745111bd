"""Examining a server: gathering what there is to know, and having each part judged."""

import os
import resource
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hubbub.server.addresses import machine_addresses
from hubbub.server.doctor.certificates import look_at_tls
from hubbub.server.doctor.clocks import Times, judge_clock
from hubbub.server.doctor.configuring import look_at_settings
from hubbub.server.doctor.disks import Disk, find_file_system, judge_disk
from hubbub.server.doctor.doors import look_at_doors
from hubbub.server.doctor.findings import Finding
from hubbub.server.doctor.folders import look_at_folder
from hubbub.server.doctor.host_keys import look_at_ssh
from hubbub.server.doctor.machines import available_memory, judge_files, judge_memory
from hubbub.server.doctor.reading import Kept
from hubbub.server.folder import find_owner
from hubbub.server.settings_sources import Effective

_MOUNTS: Final = Path("/proc/mounts")
_MEMINFO: Final = Path("/proc/meminfo")
_CGROUP: Final = Path("/sys/fs/cgroup")


async def examine(effective: Effective, *, thoroughly: bool) -> list[Finding]:
    """Look at everything, changing nothing; a server may be running. With `thoroughly`, read the whole database."""
    began, began_monotonic = time.time(), time.monotonic()
    settings, machine = effective.settings, machine_addresses()
    folder = Path(settings.data)
    findings = [*look_at_settings(effective, machine)]
    findings += look_at_doors(settings.addresses(), machine, find_owner(folder))
    findings += look_at_tls(settings, datetime.now(UTC))
    findings += look_at_ssh(folder)
    examined = await Kept(settings, thoroughly=thoroughly).examine()
    findings += judge_clock(
        Times(
            began,
            time.time() - began,
            time.monotonic() - began_monotonic,
            _newest_file(folder),
            examined.last_record_ms / 1_000,
        )
    )
    findings += _look_at_disk(folder, has_database=not settings.database)
    findings += look_at_folder(folder, os.geteuid())
    findings += examined.findings
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    findings += judge_files(most, settings.limits.connections)
    findings += judge_memory(
        available_memory(_read(_MEMINFO), _read(_CGROUP / "memory.max"), _read(_CGROUP / "memory.current"))
    )
    return findings


def _look_at_disk(folder: Path, *, has_database: bool) -> Iterator[Finding]:
    place = folder.absolute()
    while not place.exists():
        place = place.parent
    status = os.statvfs(place)
    disk = Disk(
        shutil.disk_usage(place).free,
        status.f_favail if status.f_files else None,
        bool(status.f_flag & os.ST_RDONLY),
        find_file_system(place.resolve(), _read(_MOUNTS)),
    )
    return judge_disk(disk, folder, has_database=has_database)


def _newest_file(folder: Path) -> float:
    newest = 0.0
    try:
        for entry in os.scandir(folder):
            newest = max(newest, entry.stat(follow_symlinks=False).st_mtime)
    except OSError:
        # A folder that is not there, or a file that has just gone.
        return newest
    return newest


def _read(path: Path) -> str:
    """Return what the system says there; nothing where it says nothing, as other systems than Linux do."""
    try:
        return path.read_text()
    except OSError:
        return ""
