"""`hubbub import`: rooms from an export of hubbub or of Slack."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import click

from hubbub.cli.admin import EXIT_REFUSED, Desk
from hubbub.cli.progress import showing_progress
from hubbub.cli.settings import with_data
from hubbub.cli.telling import tell
from hubbub.server.settings_sources import Effective

if TYPE_CHECKING:
    from hubbub.server.imports import ImportReport

_EXAMPLES: Final = """\b
Examples:
  hubbub import slack.zip --dry-run
  hubbub import slack.zip --map U012AB3CD=ann --match-names
  hubbub import tea.jsonl --rename '#tea=#old-tea'
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""

WARNINGS_SHOWN: Final = 20
"""How many oddities of an archive are told one by one."""


@click.command("import", epilog=_EXAMPLES)
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--map", "accounts", multiple=True, metavar="WHO=ACCOUNT", help="Somebody, by id or name, has an account here."
)
@click.option("--match-names", is_flag=True, help="Whoever is called like an account here has it.")
@click.option("--rename", "rooms", multiple=True, metavar="OLD=NEW", help="What a room is to be called here.")
@click.option(
    "--with-direct", is_flag=True, help="What people told each other alone, too, where all have accounts here."
)
@with_data
def import_(  # noqa: PLR0913 - the options
    effective: Effective,
    *,
    file: str,
    dry_run: bool,
    accounts: tuple[str, ...],
    match_names: bool,
    rooms: tuple[str, ...],
    with_direct: bool,
) -> None:
    """Bring rooms and what was said in them from FILE: an export of hubbub, or a zip file that Slack has exported.

    Everything is read before anything is written. Importing again adds only what is new. People of the archive become
    names without accounts, unless --map or --match-names says who they are.
    """
    from hubbub.server.imports import ImportRequest
    from hubbub.wire.transfer.broken import BrokenArchive

    names = {_room(old): _room(new) for old, new in _pairs(rooms, "--rename").items()}
    request = ImportRequest(file, _pairs(accounts, "--map"), match_names, names, with_direct, dry_run)
    warnings = _Warnings()
    desk = Desk(effective, as_json=False)
    try:
        report = desk.run(lambda console: console.imports.run(request, warnings.add, showing_progress))
    except BrokenArchive as broken:
        tell(f"{broken} Nothing was imported.")
        sys.exit(EXIT_REFUSED)
    except OSError as error:
        tell(f"{file} cannot be read: {error.strerror or error}.")
        sys.exit(EXIT_REFUSED)
    warnings.tell()
    for line in (*report.rooms, _conclude(report, dry_run=dry_run)):
        click.echo(line)


class _Warnings:
    """What is odd in an archive: the first ones as they are, the others counted."""

    def __init__(self) -> None:
        self._first: list[str] = []
        self._more = 0

    def add(self, sentence: str) -> None:
        if len(self._first) < WARNINGS_SHOWN:
            self._first.append(sentence)
        else:
            self._more += 1

    def tell(self) -> None:
        for sentence in self._first:
            tell(sentence)
        if self._more:
            tell(f"And {self._more} more like these.")


def _conclude(report: "ImportReport", *, dry_run: bool) -> str:
    if dry_run:
        return "Nothing was imported: this was to see what would be."
    if not report.records:
        return "Nothing was new."
    rooms = "1 new room" if report.new_rooms == 1 else f"{report.new_rooms} new rooms"
    return f"Imported: {rooms}, and {report.records} new messages, edits, reactions and the like."


def _pairs(texts: Sequence[str], option: str) -> Mapping[str, str]:
    pairs = {}
    for text in texts:
        one, sign, other = text.partition("=")
        if not (one and sign and other):
            raise click.BadParameter(f"{text!r} is not of the form ONE=OTHER.", param_hint=option)
        pairs[one] = other
    return pairs


def _room(name: str) -> str:
    return name if name.startswith("#") else f"#{name}"
