"""`hubbub serve`: run a server."""

import os
import sys
from typing import Final

import click

from hubbub.cli.lightly import loading_lightly
from hubbub.cli.settings import with_settings
from hubbub.cli.telling import tell
from hubbub.server.config import Settings
from hubbub.server.errors import StartError
from hubbub.server.lan import Reach
from hubbub.server.settings_sources import Effective, load_settings

EXIT_CANNOT_START: Final = 1


_EXAMPLES: Final = """\b
Examples:
  hubbub serve
  hubbub serve --listen 0.0.0.0:4242 --listen 127.0.0.1:8081=text-frames
  hubbub serve --lan
  hubbub serve --config hubbub.toml --set rooms.announce=false
  hubbub serve --database postgresql://hubbub@db.example/hubbub
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.option("--lan", is_flag=True, help="Let your neighbours in: listen on all private addresses of this machine.")
@click.option("--public", is_flag=True, help="With --lan: let everybody in, on public addresses as well.")
@with_settings
def serve(effective: Effective, *, lan: bool, public: bool) -> None:
    """Run a server until it is stopped (Ctrl+C, SIGTERM)."""
    if public and not lan:
        raise click.UsageError("--public widens what --lan does, and means nothing without it.")
    reach: Reach = "public" if public else "lan" if lan else "listed"
    with loading_lightly():
        # Only here: no other command should wait for it.
        from hubbub.server.app import run

    def read_again() -> Settings:
        return load_settings(effective.choices, os.environ).settings

    try:
        sys.exit(run(effective.settings, read_again, reach))
    except StartError as error:
        tell(f"hubbub cannot start: {error.sentence}")
        sys.exit(EXIT_CANNOT_START)
