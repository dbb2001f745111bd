"""What is wrong, told to people and to programs."""

import os
import pty
import subprocess
import sys

from hubbub.cli.telling import fold

LONG = ["check-config", "--listen", "*:4300"]
"""A mistake that takes more than one line of a terminal to explain."""


def test_a_sentence_is_folded_between_words() -> None:
    """A path or a URL stays whole, however long it is."""
    url = "postgresql://user@host:5432/hubbub"
    assert fold(f"correct the text-frames {url} now", 20).splitlines() == [
        "correct the",
        "  text-frames",
        f"  {url}",
        "  now",
    ]


def test_a_person_reads_lines_that_fit() -> None:
    """On a terminal, no word is broken at its edge."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"COLUMNS": "60"}
    subprocess.run([sys.executable, "-m", "hubbub", *LONG], stderr=theirs, env=environment, check=False)
    os.close(theirs)
    lines = os.read(ours, 4_096).decode().splitlines()
    os.close(ours)
    assert len(lines) > 1
    assert max(map(len, lines)) <= 60


def test_a_program_reads_one_line_a_sentence() -> None:
    """Whoever collects what is wrong need not put it together."""
    answer = subprocess.run([sys.executable, "-m", "hubbub", *LONG], capture_output=True, text=True, check=False)
    assert len(answer.stderr.splitlines()) == 1
