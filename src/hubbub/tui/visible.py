"""Visible: texts of others, in which whatever could move a cursor or turn a line around is shown and not obeyed."""

import re
from typing import Final

TAB: Final = "    "
"""What a tab is shown as: its width depends on where it stands, and columns here are counted in advance."""

LINE_CHARACTERS: Final = 4_096
"""Most of what stands in one line that is looked at: more than any terminal has cells in a line."""

TEXT_CHARACTERS: Final = 40_000
"""Most of a text that is drawn: more than twice the longest message of a usual server, and some 700 lines."""

PILED: Final = 8
"""Most marks on one character, and most unseen characters that stand together: flags have up to seven."""

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0001]"
)
"""Controls of C0 and C1, what turns the direction of writing (UAX 9), ends lines, annotates, and what UTF-8 lacks."""

_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u00ad\u034f\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
_HEAP: Final = re.compile(f"([{_MARKS}]{{{PILED}}})[{_MARKS}]+")
"""Marks of every script that stand above others' lines when they are piled up, and what takes up no cell."""

_PICTURES: Final = 0x2400
"""Where pictures of the controls of C0 begin: U+241B is that of the escape."""

_DELETE: Final = 0x7F


def make_visible(text: str) -> str:
    """Return the text with pictures of what controls terminals, and escapes of what else is not to be obeyed."""
    if not text.isascii():
        text = _HEAP.sub(r"\1", text)
    if text.isprintable():
        return text
    return _UNSEEN.sub(_picture, text.replace("\r\n", "\n").replace("\t", TAB))


def make_line_visible(text: str) -> str:
    """Return the same as one line; of a very long one, the beginning."""
    if len(text) > LINE_CHARACTERS:
        text = f"{text[:LINE_CHARACTERS]}…"
    return make_visible(text).replace("\n", "␊")


def cut_text(text: str) -> str:
    """Return as much of a text as is drawn, and how long it is where that is not all."""
    if len(text) <= TEXT_CHARACTERS:
        return text
    return f"{text[:TEXT_CHARACTERS]}…\n({len(text)} characters, of which {TEXT_CHARACTERS} are shown)"


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
