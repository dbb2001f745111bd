"""`hubbub upload`: put files where others can fetch them."""

import sys
from typing import Final

import click

from hubbub.cli.files import attach, require_files
from hubbub.cli.reaching import EXIT_REFUSED, Choice, reaching, run, say_refusal, with_server
from hubbub.cli.send import come_in
from hubbub.cli.telling import tell
from hubbub.core.kinds import Refused

_EXAMPLES: Final = """\b
Examples:
  hubbub upload report.pdf
  hubbub upload *.log --to '#ops'
  tar cz src | hubbub upload - --to bob
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--to", "target", metavar="TARGET", help="Where they are shown: '#room', or a name; else to yourself.")
@with_server
def upload(choice: Choice, *, files: tuple[str, ...], target: str | None) -> None:
    """Send each FILE, - for standard input, and print the link to it.

    A link works as long as a message shows the file: delete that, and the file is gone. Large files go on where they
    stood when the connection is lost.
    """
    require_files(files)
    run(_upload(choice, files, target))


async def _upload(choice: Choice, files: tuple[str, ...], target: str | None) -> int:
    code = 0
    async with reaching(choice) as hub:
        where = target or f"@{hub.name}"
        where = where if where.startswith(("#", "@")) else f"@{where}"
        if where.startswith("#") and hub.model.find_room(where) is None:
            await come_in(hub, where, creates=False)
        for file in files:
            try:
                view = await attach(hub, file)
                await hub.say(where, "", files=[view])
            except Refused as refused:
                tell(f"{file}: {say_refusal(refused)}")
                code = EXIT_REFUSED
            else:
                click.echo(hub.link_to(view))
                sys.stdout.flush()
    return code
