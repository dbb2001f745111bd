"""Know which processes a test session has started, so that none outlives it."""

import os
import uuid
from pathlib import Path
from typing import Final

MARK_NAME: Final = "TEST_SESSION_MARK"
"""The environment variable that every process started here carries, and hands on to its children."""

MARK: Final = str(uuid.uuid4())
"""The mark of this test session."""


def marked_environment() -> dict[str, str]:
    """Make an environment for a child process: ours with the mark, without any setting of hubbub's."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HUBBUB_")}
    return {**inherited, MARK_NAME: MARK}


def find_marked() -> list[tuple[int, str]]:
    """Find the living processes of this session: pid and command line. Linux; elsewhere none are found."""
    wanted = f"{MARK_NAME}={MARK}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            # It ended while we looked, or belongs to somebody else.
            continue
        if wanted in environment:
            found.append((int(folder.name), command))
    return found
