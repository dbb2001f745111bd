"""`hubbub rooms`: which rooms there are."""

from typing import Final

import click
import msgspec

from hubbub.cli.reaching import Choice, reaching, run, with_server
from hubbub.cli.showing import show_json
from hubbub.cli.telling import tell
from hubbub.core.texts import clean_line

_EXAMPLES: Final = """\b
Examples:
  hubbub rooms
  hubbub rooms --json | jq -r .name
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.option("--json", "is_json", is_flag=True, help="An object a line, for programs.")
@with_server
def rooms(choice: Choice, *, is_json: bool) -> None:
    """Show the rooms that you may see, those with most members first."""
    run(_rooms(choice, is_json=is_json))


async def _rooms(choice: Choice, *, is_json: bool) -> None:
    async with reaching(choice) as hub:
        listed = await hub.rooms()
    for room in listed.rooms:
        if is_json:
            show_json(msgspec.to_builtins(room))
        else:
            mark = "*" if room.joined else " "
            click.echo(f"{mark} {clean_line(room.name)}  {room.member_count}  {clean_line(room.topic)}".rstrip())
    if listed.more and not is_json:
        click.echo(f"and {listed.more} more")
    if not listed.rooms:
        tell("Nobody is in a room now. `hubbub send '#room' TEXT --create` makes one.")
