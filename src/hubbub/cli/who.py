"""`hubbub who`: who is in a room, and whether somebody is there."""

from typing import TYPE_CHECKING, Final

import click
import msgspec

from hubbub.cli.reaching import Choice, reaching, run, with_server
from hubbub.cli.send import come_in
from hubbub.cli.showing import show_json
from hubbub.core.kinds import Refused
from hubbub.core.texts import clean_line

if TYPE_CHECKING:
    from hubbub.client import Hub
    from hubbub.core.room_answers import Members

_EXAMPLES: Final = """\b
Examples:
  hubbub who
  hubbub who '#ops'
  hubbub who bob
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.argument("target", default="#lobby", metavar="[ROOM|NAME]")
@click.option("--json", "is_json", is_flag=True, help="An object a line, for programs.")
@with_server
def who(choice: Choice, *, target: str, is_json: bool) -> None:
    """Show who is in a room, #lobby unless you say, or whether somebody is there."""
    run(_who(choice, target, is_json=is_json))


async def _who(choice: Choice, target: str, *, is_json: bool) -> None:
    async with reaching(choice) as hub:
        if target.startswith("#"):
            await _show_members(hub, target, is_json=is_json)
        else:
            await _show_person(hub, target.removeprefix("@"), is_json=is_json)


async def _show_members(hub: "Hub", room: str, *, is_json: bool) -> None:
    members = await _ask_members(hub, room)
    for member in members.members:
        if is_json:
            show_json(msgspec.to_builtins(member))
        else:
            click.echo(f"{clean_line(member.name)}{_say_presence(member.away, is_present=member.is_present)}")
    if members.more and not is_json:
        click.echo(f"and {members.more} more")


async def _ask_members(hub: "Hub", room: str) -> "Members":
    """Return who is in; the lobby tells that without one's going in, other rooms only their members."""
    try:
        return await hub.members(room)
    except Refused as refused:
        if refused.refusal.code not in {"not_a_member", "no_such_room"}:
            raise
    await come_in(hub, room, creates=False)
    return await hub.members(room)


async def _show_person(hub: "Hub", name: str, *, is_json: bool) -> None:
    person = await hub.who(name)
    if is_json:
        show_json(msgspec.to_builtins(person))
        return
    rooms = f", in {', '.join(map(clean_line, person.rooms))}" if person.rooms else ""
    presence = _say_presence(person.away, is_present=person.is_present) or "  here"
    click.echo(f"{clean_line(person.name)}{presence}{rooms}")


def _say_presence(away: str | None, *, is_present: bool) -> str:
    if not is_present:
        return "  offline"
    return f"  away: {clean_line(away)}" if away is not None else ""
