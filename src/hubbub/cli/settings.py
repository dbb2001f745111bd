"""The options that choose settings, the same for every command that needs settings."""

import functools
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final

import click

from hubbub.cli.telling import tell
from hubbub.server.settings_sources import Choices, Effective, SettingsError, load_settings

EXIT_BAD_SETTINGS: Final = 2
"""Exit code for bad settings, the one click has for a bad command line."""

Option = Callable[[Callable[..., None]], Callable[..., None]]

_LISTEN: Final[Option] = click.option(
    "--listen",
    multiple=True,
    metavar="ADDRESS:PORT[=PROTOCOL]",
    help="Where to listen, instead of the default and of what is configured; once for each place. "
    "Port 0 is a free one.",
)

_DATA_OPTIONS: Final[tuple[Option, ...]] = (
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

    When anything is wrong in them, all of it is named instead, and the process ends with `EXIT_BAD_SETTINGS`. What is
    ignored is named as well, and does not matter.
    """
    return _with_options(command, (_LISTEN, *_DATA_OPTIONS))


def with_data(command: Callable[..., None]) -> Callable[..., None]:
    """Do the same for a command that listens nowhere."""
    return _with_options(command, _DATA_OPTIONS)


def _with_options(command: Callable[..., None], options: Sequence[Option]) -> Callable[..., None]:
    @functools.wraps(command)
    def load_and_run(
        *,
        data: str | None,
        database: str | None,
        config: str | None,
        assignments: tuple[str, ...],
        listen: tuple[str, ...] = (),
        **others: object,
    ) -> None:
        command(_load_or_exit(Choices(config, assignments, listen, data, database)), **others)

    with_options: Callable[..., None] = load_and_run
    for option in reversed(options):
        with_options = option(with_options)
    return with_options


def _load_or_exit(choices: Choices) -> Effective:
    try:
        effective = load_settings(choices, os.environ)
    except SettingsError as error:
        for problem in error.problems:
            tell(problem)
        sys.exit(EXIT_BAD_SETTINGS)
    for warning in effective.warnings:
        tell(warning)
    return effective
