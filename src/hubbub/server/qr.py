"""QR codes: a link that a telephone can read from a terminal."""

import io
from typing import Final, TextIO

BORDER: Final = 2
"""Light modules around the code. ISO/IEC 18004 asks for four; two are enough for telephones, and save lines."""

_BLACK_ON_WHITE: Final = "\x1b[38;5;231;48;5;16m"
"""White blocks on black, whatever the terminal's own colours are: a code in the wrong ones is read by few."""
_RESET: Final = "\x1b[0m"


def draw_for(stream: TextIO, link: str) -> list[str]:
    """Return the lines of a code, or none where nobody would see one: it is for terminals that can show blocks."""
    if not stream.isatty():
        return []
    lines = draw(link)
    try:
        "".join(lines).encode(stream.encoding)
    except UnicodeEncodeError:
        return []
    return lines


def draw(link: str) -> list[str]:
    """Return the lines of a code: two modules a character, some 35 columns for a link."""
    # Only here: most servers are started without anybody who watches.
    import segno  # noqa: PLC0415 - as above

    output = io.StringIO()
    segno.make_qr(link, error="l").terminal(output, compact=True, border=BORDER)
    return [f"{_BLACK_ON_WHITE}{line}{_RESET}" for line in output.getvalue().splitlines() if line]
