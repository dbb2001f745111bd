"""`hubbub backup`: everything in one file."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from hubbub.cli.admin import EXIT_REFUSED
from hubbub.cli.progress import showing_progress
from hubbub.cli.settings import with_data
from hubbub.cli.telling import tell
from hubbub.server.errors import StartError
from hubbub.server.settings_sources import Effective

if TYPE_CHECKING:
    from hubbub.server.backups.contents import Manifest

_EXAMPLES: Final = """\b
Examples:
  hubbub backup
  hubbub backup /var/backups/
  hubbub backup hubbub.tar --data /var/lib/hubbub && hubbub restore --check hubbub.tar
  hubbub backup - | ssh other.example 'cat > hubbub.tar'
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""

STDOUT: Final = "-"


@click.command(epilog=_EXAMPLES)
@click.argument("file", default=".", metavar="[FILE|FOLDER|-]")
@with_data
def backup(effective: Effective, *, file: str) -> None:
    """Put everything that the server keeps into one file.

    Works while the server runs, and while it does not; nobody notices. It is all as it was at one moment: rooms,
    history, accounts, files, and the certificate that the server has made. In a FOLDER, or here where nothing is named,
    the file gets a name with the time in it. A file of that name is replaced when the new one is complete, and not
    before.

    KEEP IT SAFE: whoever has it can read everything that was said, and be your server.

    hubbub restore brings it back, into SQLite or PostgreSQL, whichever it came from.
    """
    output = _find_output(file)
    try:
        manifest = _write(effective, output)
    except StartError as error:
        tell(error.sentence)
        sys.exit(EXIT_REFUSED)
    except OSError as error:
        shown = "Standard output" if output == STDOUT else output
        tell(f"{shown} cannot be written: {error.strerror or error}.")
        sys.exit(EXIT_REFUSED)
    _tell_remarks(effective, manifest)
    if output != STDOUT:
        click.echo(f"{output}: {_describe(manifest)}. It holds secrets: keep it as you keep your keys.")


def _find_output(file: str) -> str:
    if file == STDOUT:
        if sys.stdout.isatty():
            raise click.UsageError("A backup is nothing for a terminal: name a file, or pass it on with | or >.")
        return STDOUT
    if Path(file).is_dir():
        return str(Path(file) / f"hubbub-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar")
    return file


def _write(effective: Effective, output: str) -> "Manifest":
    from hubbub.server.whole_file import writing_whole

    if output == STDOUT:
        return _take(effective, sys.stdout.buffer)
    with writing_whole(Path(output)) as file:
        return _take(effective, file)


def _take(effective: Effective, file: IO[bytes]) -> "Manifest":
    import asyncio

    from hubbub.server.backups.taking import take_backup
    from hubbub.server.settings_file import write_settings

    with showing_progress("backup") as progress:
        manifest = asyncio.run(take_backup(effective.settings, write_settings(effective), file, progress))
    file.flush()
    return manifest


def _tell_remarks(effective: Effective, manifest: "Manifest") -> None:
    tls = effective.settings.tls
    for path in dict.fromkeys((tls.certificate, tls.key)):
        if path:
            tell(f"Not in the backup: {os.path.abspath(path)}. Keep a copy of it yourself.")  # noqa: PTH100 - no links
    for fault in manifest.faults:
        tell(f"The database is not in order, and the backup holds it as it is: {fault}")
    if manifest.files.missing:
        tell(f"{len(manifest.files.missing)} files were deleted meanwhile, or lost before: they are not in the backup.")
    if manifest.files.damaged:
        tell(
            f"{len(manifest.files.damaged)} files are not what they were when they came: the disk has damaged them. "
            "They are in the backup as they are."
        )


def _describe(manifest: "Manifest") -> str:
    from hubbub.server.backups.describing import describe

    return describe(manifest)
