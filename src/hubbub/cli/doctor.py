"""`hubbub doctor`: what is wrong, and how to mend it."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from hubbub.cli.settings import with_settings
from hubbub.server.settings_sources import Effective

if TYPE_CHECKING:
    from hubbub.server.doctor.findings import Finding

EXIT_PROBLEMS: Final = 1
"""Exit code where something does not work, or is about to break."""

_EXAMPLES: Final = """\b
Examples:
  hubbub doctor
  hubbub doctor --config hubbub.toml --thorough
  hubbub doctor --json | jq '.[] | select(.level == "problem")'
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""

_COLOURS: Final = {"ok": "green", "warning": "yellow", "problem": "red"}


@click.command(epilog=_EXAMPLES)
@click.option("--thorough", is_flag=True, help="Read all of the database: a minute for some millions of messages.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for programs.")
@with_settings
def doctor(effective: Effective, *, thorough: bool, as_json: bool) -> None:
    """Look at everything that a server stands on, and say what is wrong and how to mend it.

    Settings, port, TLS, clock, disk, data folder, database, limits and memory, as the settings name them; whether the
    server runs or not. Nothing is changed.

    Exit code 0: no problems, though perhaps warnings; 1: problems; 2: the settings or the command line make no sense.
    """
    import asyncio

    import msgspec

    from hubbub.server.doctor.examining import examine

    findings = asyncio.run(examine(effective, thoroughly=thorough))
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(findings), ensure_ascii=False))
    else:
        for finding in findings:
            _show(finding)
        click.echo(_conclude(findings))
    if any(finding.level == "problem" for finding in findings):
        sys.exit(EXIT_PROBLEMS)


def _show(finding: "Finding") -> None:
    """Write a finding: a line, and another one with what to do. What is to be copied stays in one piece."""
    head = f"{finding.level:<8} {finding.area:<9}"
    level = click.style(finding.level, fg=_COLOURS[finding.level])
    click.echo(f"{level}{head[len(finding.level) :]} {finding.what}")
    if finding.remedy:
        click.echo(f"{' ' * len(head)} → {finding.remedy}")


def _conclude(findings: Sequence["Finding"]) -> str:
    problems, warnings = (sum(one.level == level for one in findings) for level in ("problem", "warning"))
    if not problems and not warnings:
        return "All is well."
    return f"{_count(problems, 'problem')}, {_count(warnings, 'warning')}."


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number or 'no'} {what}s"
