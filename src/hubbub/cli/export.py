"""`hubbub export`: a room, or the whole server, as a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from hubbub.cli.admin import EXIT_REFUSED, Desk
from hubbub.cli.progress import showing_progress
from hubbub.cli.settings import with_data
from hubbub.cli.telling import tell
from hubbub.server.settings_sources import Effective

if TYPE_CHECKING:
    from hubbub.server.exports import Span

_EXAMPLES: Final = """\b
Examples:
  hubbub export '#tea' > tea.jsonl
  hubbub export '#tea' -o tea.html --since 2026-11-01
  hubbub export --all -o server.zip
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""

STDOUT: Final = "-"

_FORMATS: Final = ("jsonl", "markdown", "html")
_TIMES: Final = ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")


@click.command(epilog=_EXAMPLES)
@click.argument("room", required=False)
@click.option("--all", "is_all", is_flag=True, help="The whole server, as a zip file.")
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), help="How; by default as the file's name says, or jsonl."
)
@click.option("-o", "--output", default=STDOUT, metavar="FILE", help="Where to; standard output by default.")
@click.option(
    "--since", type=click.DateTime(_TIMES), metavar="TIME", help="From then on: 2026-11-25, or 2026-11-25T14:30, UTC."
)
@click.option("--until", type=click.DateTime(_TIMES), metavar="TIME", help="Only what was said before.")
@click.option(
    "--with-direct", is_flag=True, help="With --all: what people told each other alone, too. Tell them first."
)
@with_data
def export(  # noqa: PLR0913 - the options
    effective: Effective,
    *,
    room: str | None,
    is_all: bool,
    form: str | None,
    output: str,
    since: datetime | None,
    until: datetime | None,
    with_direct: bool,
) -> None:
    """Write what was said in ROOM into a file, or everything with --all.

    Works on the data of a server that runs, and of one that does not. A file of that name is replaced when the new one
    is complete, and not before. Passwords, tokens and codes are never exported.
    """
    from hubbub.server.exports import Span

    if is_all == (room is not None):
        raise click.UsageError("Say which room, or --all.")
    if with_direct and not is_all:
        raise click.UsageError("--with-direct goes with --all.")
    span = Span(*(time.replace(tzinfo=UTC) if time else None for time in (since, until)))
    desk = Desk(effective, as_json=False)
    if room is None:
        _export_all(desk, output, form, span, with_direct=with_direct)
    else:
        _export_room(desk, room, output, form, span)


def _export_room(desk: Desk, room: str, output: str, form: str | None, span: "Span") -> None:
    from hubbub.wire.transfer.formats import SUFFIXES, Format

    chosen: Format = form or SUFFIXES.get(Path(output).suffix.lower(), "jsonl")  # type: ignore[assignment] # one of them
    with _output(output) as file, showing_progress(room) as progress:
        desk.run(lambda console: console.exports.export_room(room, file, chosen, span, progress))


def _export_all(desk: Desk, output: str, form: str | None, span: "Span", *, with_direct: bool) -> None:
    if form not in {None, "jsonl"}:
        raise click.UsageError("The whole server is exported as JSON Lines only.")
    if output == STDOUT:
        raise click.UsageError("Say into which file, as in -o server.zip.")
    with _output(output) as file, showing_progress("server") as progress:
        desk.run(lambda console: console.exports.export_all(file, span, progress, with_direct=with_direct))


@contextmanager
def _output(output: str) -> Iterator[IO[bytes]]:
    """Give a file to write; end with a sentence where it cannot be written."""
    from hubbub.server.whole_file import writing_whole

    if output == STDOUT:
        yield sys.stdout.buffer
        return
    try:
        with writing_whole(Path(output)) as file:
            yield file
    except OSError as error:
        tell(f"{output} cannot be written: {error.strerror or error}.")
        sys.exit(EXIT_REFUSED)
