"""In what a backup differs from what its manifest says, told by what a person may know of it."""

from collections.abc import Iterator

import msgspec

from hubbub.server.backups.contents import MANIFEST, Manifest


def explain(written: bytes, found: Manifest) -> str:
    """Return a sentence about the first difference between the manifest in a backup and what was found in it."""
    try:
        said = msgspec.json.decode(written, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return f"The backup is damaged: {MANIFEST} makes no sense."
    difference = next(_differences(said, found), "the checksum of all of it is wrong.")
    return f"The backup is damaged: {difference}"


def _differences(said: Manifest, found: Manifest) -> Iterator[str]:
    yield from (fault for fault in found.faults if fault not in said.faults)
    for name, tally in found.tables.items():
        other = said.tables.get(name)
        if other is not None and other.rows != tally.rows:
            yield f"the table {name} has {tally.rows} rows, and should have {other.rows}."
        if other != tally:
            yield f"the table {name} is not what it was."
    yield from (
        f"the file {name} is not what it was." for name in found.files.damaged if name not in said.files.damaged
    )
    if found.files != said.files:
        yield f"it has {found.files.count} files, and should have {said.files.count}."
    if found.folder != said.folder:
        yield "what is in folder/ is not what it was."
