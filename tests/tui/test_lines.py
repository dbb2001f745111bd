"""Lines are texts, whatever the system has read."""

from hubbub.tui.lines import make_text


def test_what_is_no_text_becomes_one() -> None:
    """It can be kept and sent then; everything else stays as it is."""
    assert make_text(b"na\xefve".decode(errors="surrogateescape")) == "na\ufffdve"
    assert make_text("naïve 🫖\t") == "naïve 🫖\t"
