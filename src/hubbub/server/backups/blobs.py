"""Files that people have sent, as a backup sees them: by their checksums, which are their names."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from hubbub.stores.file_storage import FILES_FOLDER
from hubbub.stores.shapes import Shape

NAMING: Final[dict[str, tuple[str, ...]]] = {"files": ("digest", "thumbnail")}
"""In which columns of which tables the checksum of a file stands, in hexadecimal digits, or nothing."""

NAME_BYTES: Final = 32
"""In SHA-256."""


class BlobNames:
    """A set of checksums, on the disk where it is large. Use it in a `with closing(…)`."""

    def __init__(self) -> None:
        # Without a name it is a file that vanishes by itself, and is not even made for a few.
        self._raw = sqlite3.connect("", isolation_level=None)
        self._raw.execute("PRAGMA journal_mode = OFF")
        self._raw.execute("CREATE TABLE names (name BLOB PRIMARY KEY) WITHOUT ROWID")

    def close(self) -> None:
        """Forget them."""
        self._raw.close()

    def add(self, names: Iterable[bytes]) -> None:
        """Add what is not there yet."""
        self._raw.executemany("INSERT OR IGNORE INTO names VALUES (?)", ((name,) for name in names))

    def take(self, name: bytes) -> bool:
        """Remove one, and return whether it was there."""
        return self._raw.execute("DELETE FROM names WHERE name = ?", [name]).rowcount > 0

    def __len__(self) -> int:
        ((count,),) = self._raw.execute("SELECT count(*) FROM names").fetchall()
        return int(count)

    def __iter__(self) -> Iterator[str]:
        """Yield them in order, as hexadecimal digits."""
        for (name,) in self._raw.execute("SELECT name FROM names ORDER BY name"):
            yield name.hex()


def naming_places(shape: Shape) -> tuple[int, ...]:
    """Return the places of those columns of a table that name files."""
    naming = NAMING.get(shape.name, ())
    return tuple(place for place, column in enumerate(shape.columns) if column.name in naming)


def names_in(rows: Iterable[tuple[Any, ...]], places: tuple[int, ...]) -> Iterator[bytes]:
    """Yield the checksums in rows. Raises `ValueError` for what is none."""
    for row in rows:
        for place in places:
            if not row[place]:
                continue
            name = bytes.fromhex(row[place])
            if len(name) != NAME_BYTES:
                raise ValueError("names a file by what is no checksum")
            yield name


def blob_path(folder: Path, name: str) -> Path:
    """Return where a file is in a data folder."""
    return folder / FILES_FOLDER / name[:2] / name
