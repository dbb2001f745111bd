"""Visible: texts of others, in which whatever could move a cursor or turn a line around is shown and not obeyed."""

import re
from typing import Final

TAB: Final = "    "
"""What a tab is shown as: its width depends on where it stands, and columns here are counted in advance."""

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0001]"
)
"""Controls of C0 and C1, what turns the direction of writing (UAX 9), ends lines, annotates, and what UTF-8 lacks."""

_PICTURES: Final = 0x2400
"""Where pictures of the controls of C0 begin: U+241B is that of the escape."""

_DELETE: Final = 0x7F


def make_visible(text: str) -> str:
    """Return the text with pictures of what controls terminals, and escapes of what else is not to be obeyed."""
    if text.isprintable():
        return text
    return _UNSEEN.sub(_picture, text.replace("\r\n", "\n").replace("\t", TAB))


def make_line_visible(text: str) -> str:
    """Return the same as one line."""
    return make_visible(text).replace("\n", "␊")


def drop_unseen(text: str) -> str:
    """Return the text without any of it, line ends included: where there is no room for pictures."""
    return _UNSEEN.sub("", text).replace("\n", "").replace("\t", "")


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < ord(" "):
        return chr(_PICTURES + code)
    if code == _DELETE:
        return "␡"
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - what two digits hold
