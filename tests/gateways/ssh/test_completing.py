"""Completing: as far as it is clear, and never against what was written."""

import pytest

from hubbub.gateways.ssh.completing import complete

COMMANDS = ("who", "whois", "join")
ROOMS = ("#tea", "#Team", "#hall")
NAMES = ("ann", "Anna", "bob", "zoë")


@pytest.mark.parametrize(
    ("line", "place", "completed"),
    [
        ("/jo", 3, ("/join ", 6)),
        ("/w", 2, ("/who", 4)),
        ("/join #h", 8, ("/join #hall ", 12)),
        ("/join #T", 8, ("/join #tea", 10)),
        ("bo", 2, ("bob: ", 5)),
        ("hi bo", 5, ("hi bob ", 7)),
        ("hi @bo there", 6, ("hi @bob there", 8)),
        ("AN", 2, ("ann", 3)),
        ("ZO", 2, ("zoë: ", 5)),
        ("nobody", 6, ("nobody", 6)),
        ("hi /w", 5, ("hi /w", 5)),
        ("", 0, ("", 0)),
    ],
)
def test_words_are_completed(line: str, place: int, completed: tuple[str, int]) -> None:
    """Commands at the beginning, rooms and names anywhere; of several, what they have in common."""
    assert complete(line, place, COMMANDS, ROOMS, NAMES) == completed
