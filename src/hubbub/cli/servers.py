"""`hubbub servers`: which servers are remembered."""

import sys
from typing import Final

import click
import msgspec

from hubbub.cli import remembered
from hubbub.cli.reaching import EXIT_REFUSED, EXIT_USAGE, choose
from hubbub.cli.showing import show_json
from hubbub.cli.telling import tell
from hubbub.cli.tokens import drop_token

_EXAMPLES: Final = """\b
Examples:
  hubbub servers
  hubbub servers --default hubbubs://chat.example
  hubbub servers --forget chat.example:4242
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.option("--default", metavar="SERVER", help="Let this one be meant where none is named.")
@click.option("--forget", metavar="SERVER", help="Forget this one, with its token and its certificate.")
@click.option("--json", "is_json", is_flag=True, help="An object a line, for programs.")
def servers(*, default: str | None, forget: str | None, is_json: bool) -> None:
    """Show the servers that are remembered, the default with a star. Tokens are never shown."""
    try:
        if default is not None:
            _set_default(default)
        elif forget is not None:
            _forget(forget)
        else:
            _show(is_json=is_json)
    except remembered.BadFileError as error:
        tell(str(error))
        sys.exit(EXIT_USAGE)


def _set_default(server: str) -> None:
    endpoint = choose(server, None).endpoint
    known = remembered.load()
    remembered.save(msgspec.structs.replace(known.having(endpoint, known.find(endpoint)), default=endpoint))
    click.echo(f"{endpoint} is the default now.")


def _forget(server: str) -> None:
    endpoint = choose(server, None).endpoint
    known = remembered.load()
    if endpoint not in known.servers:
        tell(f"{endpoint} is not remembered.")
        sys.exit(EXIT_REFUSED)
    drop_token(endpoint, known.find(endpoint))
    remembered.save(known.without(endpoint))
    click.echo(f"{endpoint} is forgotten.")


def _show(*, is_json: bool) -> None:
    known = remembered.load()
    if not known.servers:
        tell("No server is remembered. `hubbub login SERVER` remembers one.")
    for endpoint, server in known.servers.items():
        is_default = endpoint == known.default
        if is_json:
            shown = {"name": server.name, "is_logged_in": server.is_logged_in, "fingerprint": server.fingerprint}
            show_json({"server": endpoint, "is_default": is_default} | shown)
        else:
            who = f"  as {server.name}" if server.is_logged_in else ""
            click.echo(f"{'*' if is_default else ' '} {endpoint}{who}")
