"""Keys pressed with Alt are known as most terminals send them."""

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from hubbub.tui.widgets.alt import know_alt


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x1b1", ["alt+1"]),
        ("\x1b9", ["alt+9"]),
        ("\x1ba", ["alt+a"]),
        ("\x1b\r", ["alt+enter"]),
        ("\x1b[49;3u", ["alt+1"]),
        ("\x1b1h\x1ba", ["alt+1", "h", "alt+a"]),
        ("¡", ["inverted_exclamation_mark"]),
    ],
)
def test_alt(sent: str, keys: list[str]) -> None:
    """An escape and a key, or what kitty sends; what Macs type so stays what it is."""
    know_alt()
    parser = XTermParser(debug=False)
    assert [event.key for event in parser.feed(sent) if isinstance(event, Key)] == keys
