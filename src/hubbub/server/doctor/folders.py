"""The data folder: whose it is, who else can read it, and whether what is there is whole."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hubbub.server.doctor.findings import Finding, ok, problem, warning
from hubbub.server.folder import STAGING

_OTHERS: Final = 0o077
"""Bits of a mode that let others than the owner do anything."""


def look_at_folder(folder: Path, user: int) -> Iterator[Finding]:
    """Look at the folder and what is in it, for a server that runs as this user."""
    if not folder.exists():
        yield ok("folder", f"{folder} is not there yet: the first start makes it.")
        return
    if not folder.is_dir():
        yield problem(
            "folder", f"{folder} is a file, not a folder.", "Choose another place for the data: --data FOLDER"
        )
        return
    findings = [*_judge(folder, folder.stat().st_mode), *_judge_owner(folder, user)]
    yield from findings or [ok("folder", f"{folder} is this user's, and nobody else can read it.")]


def _judge(folder: Path, mode: int) -> Iterator[Finding]:
    if (folder / STAGING).exists():
        yield problem(
            "folder",
            f"A restore into {folder} was not finished, and no server starts on it.",
            "Empty the folder and repeat it with hubbub restore.",
        )
    if mode & _OTHERS:
        yield warning(
            "folder", f"Others on this machine can look into {folder} (mode {mode & 0o777:o}).", f"chmod 700 {folder}"
        )
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield problem(
            "folder", f"This user may not write {folder}.", f"Become its owner, or run: chown -R USER {folder}"
        )


def _judge_owner(folder: Path, user: int) -> Iterator[Finding]:
    """Say whether anything belongs to somebody else, as it does when somebody was root for a moment."""
    owners = dict[Path, int]()
    for entry in (folder, *sorted(folder.iterdir())):
        try:
            owners[entry] = entry.lstat().st_uid
        except FileNotFoundError:
            continue  # a running server's, which has gone
    foreign = [entry for entry, owner in owners.items() if owner != user]
    if foreign:
        others = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        yield warning(
            "folder",
            f"{foreign[0]}{others} belong to another user (number {owners[foreign[0]]}) than the one asking ({user}).",
            f"Ask as the user who runs the server; or if that is you: chown -R {user} {folder}",
        )
