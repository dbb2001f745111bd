"""`hubbub history`: show what was said before."""

from typing import Final

import click

from hubbub.cli.reaching import Choice, reaching, run, with_server
from hubbub.cli.send import come_in
from hubbub.cli.showing import show_record
from hubbub.cli.texts import check_id

_EXAMPLES: Final = """\b
Examples:
  hubbub history '#lobby'
  hubbub history '#ops' -n 1000 --json | jq -r .event.text
  hubbub history @bob --before 9-40
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.argument("room")
@click.option("-n", "count", default=50, show_default=True, type=click.IntRange(1), help="How many messages.")
@click.option("--before", metavar="ID", callback=check_id, help="Those before this one; else the last ones.")
@click.option("--json", "is_json", is_flag=True, help="An object a line, for programs.")
@with_server
def history(choice: Choice, *, room: str, count: int, before: str | None, is_json: bool) -> None:
    """Show the last messages of ROOM, '#room' or '@name', the oldest first, each with its id."""
    if not room.startswith(("#", "@")):
        raise click.UsageError(f"Write '#{room}' for a room, or '@{room}' for what you and {room} have said.")
    run(_history(choice, room, count, before, is_json=is_json))


async def _history(choice: Choice, room: str, count: int, before: str | None, *, is_json: bool) -> None:
    from hubbub.core.notes import parse_ref

    seq = None if before is None else parse_ref(before).seq
    async with reaching(choice) as hub:
        base_url = hub.endpoint.base_url
        # Whoever only wants to read is in the room no longer than that, and makes none.
        if room.startswith("#") and hub.model.find_room(room) is None:
            await come_in(hub, room, creates=False)
        records = [record async for record in hub.history(room, count, before=seq)]
    for record in reversed(records):
        show_record(record, base_url, is_json=is_json, with_room=False, with_id=True)
