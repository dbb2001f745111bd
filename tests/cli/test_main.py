"""The command `hubbub` itself."""

import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from hubbub.cli.main import main

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_the_version_is_that_of_the_package() -> None:
    """`hubbub --version` answers with one line."""
    answer = CliRunner().invoke(main, ["--version"], prog_name="hubbub")
    assert answer.output == f"hubbub {version('hubbub')}\n"
    assert version("hubbub") == tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["version"]


SHELL = ["send", "tail", "history", "search", "rooms", "who", "upload", "login", "logout", "servers"]


@pytest.mark.parametrize("arguments", [[], *([name] for name in ["serve", "check-config", *SHELL])], ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_shows_examples_line_by_line(arguments: list[str], option: str) -> None:
    """Whoever asks for help sees whole commands to copy."""
    answer = CliRunner().invoke(main, [*arguments, option])
    assert answer.exit_code == 0
    assert f"\n    hubbub {arguments[0] if arguments else 'serve'}" in answer.output


def test_the_list_of_commands_is_whole() -> None:
    """Every command stands there with what it is for, in a line of a terminal that nobody has made wider."""
    shown = CliRunner().invoke(main, ["--help"]).stdout.partition("Options:")[2].partition("Examples:")[0]
    lines = [line.split(maxsplit=1) for line in shown.splitlines() if line.strip()]
    assert {words[0] for words in lines} >= set(main.commands)
    assert "..." not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_help_says_that_listeners_are_replaced() -> None:
    """Whoever adds a listener would otherwise lose the one that everybody uses."""
    answer = CliRunner().invoke(main, ["serve", "--help"])
    assert "instead of the default" in " ".join(answer.output.split())


def test_the_package_can_be_run_as_a_module() -> None:
    """`python -m hubbub` is the same command, under the same name."""
    answer = subprocess.run([sys.executable, "-m", "hubbub", "--help"], capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("Usage: hubbub [OPTIONS]")


def test_a_light_command_loads_nothing_heavy() -> None:
    """Asking for the version or for a check does not wait for the database and network libraries."""
    code = (
        "import sys, hubbub.cli.main\n"
        "print([name for name in ('sqlalchemy', 'uvloop', 'asyncio', 'alembic') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"
