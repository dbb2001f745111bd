"""`hubbub tail`: show what is said, as it is said."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from hubbub.cli.reaching import Choice, reaching, run, with_server
from hubbub.cli.showing import show_record
from hubbub.cli.telling import tell
from hubbub.core.durations import UnfitDurationError, parse_duration

if TYPE_CHECKING:
    from hubbub.client import Disconnected, Hub

_EXAMPLES: Final = """\b
Examples:
  hubbub tail '#ops'
  hubbub tail '#ops' '#ci' --since 1h
  hubbub tail '#ops' --json | jq -r .event.text
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.argument("rooms", nargs=-1, metavar="[ROOM]…")
@click.option("--since", metavar="DURATION", help="Begin with what was said since then, such as 1h or 2d.")
@click.option("--json", "is_json", is_flag=True, help="An object a line, for programs.")
@with_server
def tail(choice: Choice, *, rooms: tuple[str, ...], since: str | None, is_json: bool) -> None:
    """Show what happens in each ROOM, '#room' or '@name', or in all of yours, until Ctrl+C is pressed.

    It comes back by itself when the connection is lost, and shows what was said meanwhile.
    """
    seconds = None if since is None else _read_duration(since)
    run(_tail(choice, rooms, seconds, is_json=is_json))


def _read_duration(text: str) -> int:
    try:
        return parse_duration(text)
    except UnfitDurationError as unfit:
        raise click.BadParameter(str(unfit), param_hint="--since") from unfit


async def _tail(choice: Choice, rooms: Sequence[str], since_seconds: int | None, *, is_json: bool) -> None:
    channels = [room for room in rooms if room.startswith("#")]
    async with reaching(choice, channels) as hub:
        _tell_of_losses(hub)
        records = aiter(hub)
        for room in channels:
            if hub.model.find_room(room) is None:
                await hub.join(room)
        wanted = {room.casefold() for room in rooms}
        shown: set[str] = set()
        if since_seconds is not None:
            shown = await _show_earlier(hub, rooms, since_seconds, is_json=is_json)
        async for record in records:
            if record.id not in shown and (not wanted or record.room.casefold() in wanted):
                show_record(record, hub.endpoint.base_url, is_json=is_json, with_room=len(rooms) != 1)


async def _show_earlier(hub: "Hub", rooms: Sequence[str], since_seconds: int, *, is_json: bool) -> set[str]:
    """Show what was said before; return the ids, for what was said meanwhile is heard as well."""
    since_ms = int((time.time() - since_seconds) * 1_000)
    channels = [room.name for room in hub.model.rooms.values() if room.kind == "channel"]
    found = [record for room in rooms or channels async for record in hub.history(room, since_ms=since_ms)]
    for record in sorted(found, key=lambda record: record.time_ms):
        show_record(record, hub.endpoint.base_url, is_json=is_json, with_room=len(rooms) != 1)
    return {record.id for record in found}


def _tell_of_losses(hub: "Hub") -> None:
    from hubbub.client import Connected, Disconnected

    @hub.on(Disconnected)
    def disconnected(happening: "Disconnected") -> None:
        if happening.will_return:
            tell(f"{happening.reason} Trying again.")

    @hub.on(Connected)
    def connected(_: Connected) -> None:
        tell("Connected again.")
