"""`hubbub check-config`: say which settings hold, and where each comes from."""

from typing import Final

import click

from hubbub.cli.settings import with_settings
from hubbub.server.settings_file import write_settings
from hubbub.server.settings_sources import Effective

_EXAMPLES: Final = """\b
Examples:
  hubbub check-config --config hubbub.toml
  hubbub check-config > hubbub.toml
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@with_settings
def check_config(effective: Effective) -> None:
    """Show which settings hold, or what is wrong.

    Each setting comes with its meaning and where it was set.

    The answer is a TOML file that `--config` reads; secrets are left out.
    """
    click.echo(write_settings(effective), nl=False)
