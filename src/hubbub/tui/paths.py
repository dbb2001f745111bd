"""Paths: what files begin like what somebody writes."""

from collections.abc import Iterator
from pathlib import Path


def find_paths(prefix: str) -> Iterator[str]:
    """Yield the files and folders that begin so, as he would write them; none where he may not look."""
    written_folder, _, beginning = prefix.rpartition("/")
    folder = Path(f"{written_folder}/" if "/" in prefix else ".").expanduser()
    lead = f"{written_folder}/" if "/" in prefix else ""
    try:
        found = sorted(folder.iterdir(), key=lambda path: (not path.is_dir(), path.name.casefold()))
    except OSError:
        return
    for path in found:
        if path.name.startswith(beginning) and (beginning or not path.name.startswith(".")):
            yield f"{lead}{path.name}{'/' if path.is_dir() else ''}"
