"""Opening an archive: which program wrote it is seen from what is in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hubbub.server.archives.own import ACCOUNTS_FILE, open_own_file, open_own_zip
from hubbub.server.archives.slack_zip import SlackArchive, find_prefix
from hubbub.server.archives.zip_archive import open_zip
from hubbub.service.archives import Archive
from hubbub.wire.transfer.broken import BrokenArchive

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
"""How a zip file begins, and an empty one: APPNOTE.TXT sections 4.3.7 and 4.3.16."""


@contextmanager
def open_archive(path: str) -> Iterator[Archive]:
    """Open an archive for reading. Raises `BrokenArchive`, and `OSError` where the file cannot be read."""
    with Path(path).open("rb") as file:
        is_zip = file.read(len(_ZIP[0])) in _ZIP
    if not is_zip:
        yield open_own_file(path)
        return
    with open_zip(path) as archive:
        prefix = find_prefix(archive)
        if ACCOUNTS_FILE in archive:
            yield open_own_zip(archive)
        elif prefix is not None:
            yield SlackArchive(archive, prefix)
        else:
            raise BrokenArchive(
                "there is neither accounts.jsonl in it, as in an export of hubbub, nor channels.json, as in one of "
                "Slack.",
                path,
            )
