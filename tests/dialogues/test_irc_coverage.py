"""Every command, capability and numeric of IRC that there is here is shown in a dialogue.

What is there is read from the code: the table of commands, what is offered, which numerics the gateway names. What is
shown is read from the scripts: what clients of IRC say and switch on, and what they are expected to hear.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from hubbub.gateways import irc
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.table import COMMANDS
from hubbub.wire.irc.numerics import Numeric
from tests.harness.heard import IRC_KINDS
from tests.harness.parse import parse
from tests.harness.script import Expected, Hears, Literally, Matching, Says, Script
from tests.seeds.irc import MODERN

HERE: Final = Path(__file__).parent

NUMERIC_NAMED: Final = re.compile(r"\bNumeric\.(\w+)")
"""Where the code names a numeric: all are members of one enumeration, and are sent by their names."""

NUMERIC_HEARD: Final = re.compile(r"^\^?(?:@\S+ )?(\d{3}) ")
"""A numeric at the beginning of a line that is heard, written as it is or as a pattern."""


@cache
def scripts() -> list[Script]:
    """Return all dialogues in which somebody has a client of IRC."""
    found = [parse(path.read_text(), path) for path in sorted(HERE.glob("**/*.dialogue"))]
    return [script for script in found if IRC_KINDS & set(script.cast.values())]


def typed(script: Script) -> Iterator[str]:
    """Give what clients of IRC type."""
    on_irc = {name for name, kind in script.cast.items() if kind in IRC_KINDS}
    for step in script.steps:
        if isinstance(step.action, Says) and (step.action.who.everyone or on_irc & set(step.action.who.names)):
            yield step.action.text


def heard(script: Script) -> Iterator[str]:
    """Give what people hear, as it stands in the script."""
    for step in script.steps:
        if isinstance(step.action, Hears):
            yield from (found for expected in step.action.expected if (found := _written(expected)))


def _written(expected: Expected) -> str:
    match expected:
        case Literally(text):
            return text
        case Matching(pattern):
            return pattern.pattern
        case _:
            return ""


def switched_on(script: Script) -> Iterator[str]:
    """Give the capabilities that clients ask for, by themselves or by what is typed."""
    if "irc3" in script.cast.values():
        yield from MODERN
    for names in script.capabilities.values():
        yield from names
    for line in typed(script):
        if line.upper().startswith("CAP REQ "):
            yield from line.partition(":")[2].split()


def sent() -> set[Numeric]:
    """Return the numerics that the gateway names."""
    (folder,) = irc.__path__
    code = "\n".join(path.read_text() for path in sorted(Path(folder).glob("**/*.py")))
    return {Numeric[name] for name in NUMERIC_NAMED.findall(code)}


def command_of(line: str) -> str:
    """Return the command of a line that is typed, which may have tags."""
    *_, first = re.sub("^@[^ ]+ +", "", line).partition(" ")[:1]
    return first.upper()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_said(command: str) -> None:
    """By somebody who has a client of IRC."""
    assert any(command == command_of(line) for script in scripts() for line in typed(script))


@pytest.mark.parametrize("capability", sorted(Capability))
def test_every_capability_is_asked_for(capability: Capability) -> None:
    """By CAP REQ, or by a client that switches it on when it comes."""
    assert any(capability in switched_on(script) for script in scripts())


@pytest.mark.parametrize("numeric", sorted(sent()))
def test_every_numeric_is_heard(numeric: Numeric) -> None:
    """As the beginning of a line, with what else it says."""
    assert any(
        found[1] == numeric for script in scripts() for line in heard(script) if (found := NUMERIC_HEARD.match(line))
    )
