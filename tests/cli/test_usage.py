"""Command lines that make no sense: exit code 2, a sentence that says what would, and no server is asked."""

import pytest
from click.testing import CliRunner

from hubbub.cli.main import main


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (["send"], "", "Missing argument"),
        (["send", "#lobby"], "", "nothing to say"),
        (["send", "#lobby", "  "], "", "nothing to say"),
        (["send", ",", "x"], "", "Say to whom"),
        (["send", "a,b", "x", "--reply-to", "4-1"], "", "name one target"),
        (["send", "#lobby"], "x" * 300_000, "more than 256 KiB"),
        (["send", "#lobby", "x", "--server", "http://chat.example"], "", "no address of a server"),
        (["tail", "--since", "soon"], "", "no duration"),
        (["history", "#lobby", "-n", "0"], "", "x>=1"),
        (["send", "#lobby", "x", "--reply-to", "zz"], "", "they look like 4-8"),
        (["history", "#lobby", "--before", "zz"], "", "they look like 4-8"),
        (["history", "lobby"], "", "Write '#lobby' for a room"),
        (["servers", "--default", "a b"], "", "no address of a server"),
    ],
)
def test_a_command_line_that_makes_no_sense(arguments: list[str], given: str, told: str) -> None:
    """Nothing is written to standard output, which a pipe would read."""
    answer = CliRunner().invoke(main, arguments, input=given)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert told in " ".join(answer.stderr.split())
