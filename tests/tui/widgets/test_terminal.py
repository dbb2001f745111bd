"""Whatever bytes come from a keyboard, they are a text."""

from textual.drivers import linux_driver

from hubbub.tui.widgets.terminal import know_bytes


def test_bytes_that_are_no_text_end_nothing() -> None:
    """Textual asks for a decoder as it is made here; a character in two pieces is one all the same."""
    know_bytes()
    decode = linux_driver.getincrementaldecoder("utf-8")().decode  # type: ignore[attr-defined]  # as Textual has it
    assert decode(b"a\xff\xfeb\xc3") == "a\ufffd\ufffdb"
    assert decode(b"\xa4") == "ä"
