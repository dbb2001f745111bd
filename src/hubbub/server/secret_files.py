"""Secret files: those of the data folder that nobody but their owner may read."""

import os
from pathlib import Path


def write_secret(file: Path, content: bytes) -> None:
    """Write a file that only its owner may read, replaced in one go. Raises `OSError`."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as output:
        output.write(content)
    new.replace(file)
