"""`hubbub restore`: a server again from its backup."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from hubbub.cli.admin import EXIT_REFUSED
from hubbub.cli.progress import showing_progress
from hubbub.cli.settings import with_data
from hubbub.cli.telling import tell
from hubbub.server.errors import StartError
from hubbub.server.settings_sources import Effective

if TYPE_CHECKING:
    from hubbub.server.backups.restoring import Source

_EXAMPLES: Final = """\b
Examples:
  hubbub restore --check hubbub.tar
  hubbub restore hubbub.tar --data /var/lib/hubbub
  hubbub restore hubbub.tar --database postgresql://hubbub@db.example/hubbub
  ssh old.example hubbub backup - | hubbub restore -
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""

STDIN: Final = "-"


@click.command(epilog=_EXAMPLES)
@click.argument("file", metavar="FILE|-")
@click.option("--check", is_flag=True, help="Say whether the backup is whole, and write nothing.")
@with_data
def restore(effective: Effective, *, file: str, check: bool) -> None:
    """Bring back everything from FILE, which hubbub backup has made.

    The data folder has to be empty or not there yet, and a PostgreSQL database empty: nothing is ever overwritten. A
    backup that is damaged, cut off or something else is refused, and then nothing has changed. One from a database of
    the other kind is just as good.

    With --check everything is read and compared: structure, checksums, counts, that every record is there and makes
    sense, and every file.
    """
    import asyncio

    from hubbub.server.backups.describing import describe, describe_backup, was_in_order
    from hubbub.server.backups.members import BrokenBackup
    from hubbub.server.backups.restoring import SETTINGS_THEN, check_backup, restore_backup

    done = "Make another one." if check else "Nothing was restored."
    shown = "The backup" if file == STDIN else file
    try:
        with _reading(file, "checking" if check else "restoring") as source:
            backup = check_backup(source) if check else asyncio.run(restore_backup(source, effective.settings))
    except BrokenBackup as broken:
        _fail(f"{shown}: {broken} {done}")
    except StartError as error:
        _fail(error.sentence)
    except OSError as error:
        _fail(f"{error.filename or shown} cannot be read or written: {error.strerror or error}. {done}")
    for remark in describe_backup(backup):
        tell(remark)
    if check:
        click.echo(f"{shown} is whole: {describe(backup.manifest)}, of {backup.about.made:%Y-%m-%d %H:%M} UTC.")
        # It can be restored, and still whoever is told by the exit code alone should look for a better one.
        sys.exit(0 if was_in_order(backup.manifest) else EXIT_REFUSED)
    folder = Path(effective.settings.data)
    click.echo(f"Restored into {folder}: {describe(backup.manifest)}, of {backup.about.made:%Y-%m-%d %H:%M} UTC.")
    click.echo(f"The settings of then are in {folder / SETTINGS_THEN}, for you to compare; a server reads its own.")


def _fail(sentence: str) -> NoReturn:
    tell(sentence)
    sys.exit(EXIT_REFUSED)


@contextmanager
def _reading(file: str, label: str) -> "Iterator[Source]":
    from hubbub.server.backups.restoring import Source

    with showing_progress(label) as progress:
        if file == STDIN:
            if sys.stdin.isatty():
                raise click.UsageError("A backup is not typed: name a file, or pass one in with | or <.")
            yield Source(sys.stdin.buffer, 0, progress)
            return
        with Path(file).open("rb") as opened:
            status = os.fstat(opened.fileno())
            size = status.st_size if stat.S_ISREG(status.st_mode) else 0
            yield Source(opened, size, progress)
