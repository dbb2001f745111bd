"""The options that choose settings, the same for every command that needs settings."""

import functools
import os
import sys
from collections.abc import Callable
from typing import Final

import click

from hubbub.server.settings_sources import Choices, Effective, SettingsError, load_settings

EXIT_BAD_SETTINGS: Final = 2
"""Exit code for bad settings, the one click has for a bad command line."""

_OPTIONS: Final = (
    click.option(
        "--listen",
        multiple=True,
        metavar="ADDRESS:PORT[=PROTOCOL]",
        help="Where to listen; may be given several times. Port 0 is a free one.",
    ),
    click.option("--data", metavar="FOLDER", help="Where everything is kept that has to survive."),
    click.option("--database", metavar="URL", help="A PostgreSQL database instead of SQLite in the data folder."),
    click.option("--config", metavar="FILE", help="A TOML file with settings."),
    click.option(
        "--set",
        "assignments",
        multiple=True,
        metavar="KEY=VALUE",
        help="Any setting, such as limits.burst=50; may be given several times.",
    ),
)


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options to a command, which is called with the settings that they and all other sources make.

    Its own options, if it has any, follow by their names.

    When anything is wrong in them, all of it is named instead, and the process ends with `EXIT_BAD_SETTINGS`.
    """

    @functools.wraps(command)
    def load_and_run(
        listen: tuple[str, ...],
        data: str | None,
        database: str | None,
        config: str | None,
        assignments: tuple[str, ...],
        **own: bool,
    ) -> None:
        command(_load_or_exit(Choices(config, assignments, listen, data, database)), **own)

    with_options: Callable[..., None] = load_and_run
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options


def _load_or_exit(choices: Choices) -> Effective:
    try:
        return load_settings(choices, os.environ)
    except SettingsError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        sys.exit(EXIT_BAD_SETTINGS)
