"""QR codes: readable, small enough for any terminal, and only where somebody can see them."""

import io
from typing import Final

import pytest
import segno

from hubbub.server.qr import BORDER, draw, draw_for

LINK: Final = "http://[fd12:3456:789a:bcde:f012:3456:789a:bcde]:65535/#invite=0123456789abcdefghijklmnop"
"""As long as a link can be."""

DARK: Final = {" ": (1, 1), "▀": (0, 1), "▄": (1, 0), "█": (0, 0)}
"""What the upper and the lower half of a character show: the ink is the light part."""


class Stream(io.TextIOWrapper):
    """Somewhere to write to, which may be a terminal."""

    def __init__(self, *, is_terminal: bool, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding)
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        """Return whether somebody watches."""
        return self._is_terminal


def plain(line: str) -> str:
    """Return a line without its colours, which each line has."""
    start, _, rest = line.partition("16m")
    assert start == "\x1b[38;5;231;48;5;"
    text, end, _ = rest.partition("\x1b[0m")
    assert end
    return text


def test_a_code_shows_the_link() -> None:
    """What is drawn is the code of the link, module by module, with a light border."""
    rows = []
    for line in draw(LINK):
        halves = [DARK[character] for character in plain(line)]
        rows += [bytes(upper for upper, _ in halves), bytes(lower for _, lower in halves)]
    wanted = [bytes(row) for row in segno.make_qr(LINK, error="l").matrix_iter(border=BORDER)]
    assert rows[: len(wanted)] == wanted


def test_a_code_fits_into_any_terminal() -> None:
    """The longest link takes less than 80 columns, and an everyday one less than 24 lines."""
    assert max(len(plain(line)) for line in draw(LINK)) < 80
    assert len(draw("http://192.168.178.123:4242/")) < 24


@pytest.mark.parametrize(
    ("is_terminal", "encoding", "is_drawn"),
    [(True, "utf-8", True), (False, "utf-8", False), (True, "ascii", False), (True, "latin-1", False)],
)
def test_nobody_is_shown_what_he_cannot_see(is_terminal: bool, encoding: str, is_drawn: bool) -> None:
    """In a file it would be noise, and some terminals have no blocks."""
    with Stream(is_terminal=is_terminal, encoding=encoding) as stream:
        assert bool(draw_for(stream, LINK)) is is_drawn
