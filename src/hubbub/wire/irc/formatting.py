"""Formatting: what IRC clients say in control characters, said in the marks of our texts, or not at all.

https://modern.ircdocs.horse/formatting. Nobody but IRC clients knows these characters; what they mean beyond colours is
kept as the CommonMark that `docs/topics/markdown.md` describes.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

BOLD: Final = "\x02"
ITALIC: Final = "\x1d"
STRUCK: Final = "\x1e"
MONOSPACE: Final = "\x11"
RESET: Final = "\x0f"

_CODE: Final = re.compile(
    "\x03(?:[0-9]{1,2}(?:,[0-9]{1,2})?)?"  # a colour, perhaps with its background
    "|\x04(?:[0-9A-Fa-f]{6}(?:,[0-9A-Fa-f]{6})?)?"  # the same in hexadecimal
    "|[\x02\x0f\x11\x16\x1d\x1e\x1f]"  # bold, reset, monospace, reverse, italic, struck, underlined
)

_MARKS: Final = {MONOSPACE: "`", ITALIC: "*", BOLD: "**", STRUCK: "~~"}
"""What stands around a text, the innermost first. The last is no mark of ours, and is read as it is: without it, a text
would say the contrary."""


_MARK_CHARACTERS: Final = frozenset("`*~_\\")
"""What changes the meaning of a mark that stands beside it."""


def strip_formatting(text: str) -> str:
    """Return the text without any of these characters, and without the numbers of colours."""
    return _CODE.sub("", text)


def to_markdown(text: str) -> str:
    """Return the text with marks in the place of bold, italic, monospace and struck, and without anything else of it.

    Marks always come in pairs that a reader of CommonMark takes for what they are; where it would not, within a word or
    around a text with such marks in it, there are none.
    """
    return text if _CODE.search(text) is None else "\n".join(map(_line_to_markdown, text.split("\n")))


def _line_to_markdown(line: str) -> str:
    runs = [*_runs(line), (frozenset[str](), "")]
    written = ""
    for (style, text), (_, following) in pairwise(runs):
        core = text.strip()
        head, core, tail = text.partition(core) if core else (text, "", "")
        written += head
        written += _mark(core, style, written[-1:], (tail + following)[:1]) + tail
    return written


def _runs(line: str) -> Iterator[tuple[frozenset[str], str]]:
    """Return the pieces of a line in which nothing changes, with what is switched on in each; none of them empty."""
    style: frozenset[str] = frozenset()
    run = ""
    place = 0
    for code in _CODE.finditer(line):
        run += line[place : code.start()]
        place = code.end()
        changed = frozenset[str]() if code[0] == RESET else style ^ ({code[0]} & _MARKS.keys())
        if run and changed != style:
            yield style, run
            run = ""
        style = changed
    if run := run + line[place:]:
        yield style, run


def _mark(core: str, style: frozenset[str], before: str, after: str) -> str:
    """Return a text without spaces around it in its marks, if they are taken for such beside these characters."""
    inner = marked = core
    for code, mark in _MARKS.items():
        if core and code in style:
            if mark[0] in core or core[-1] == "\\":
                return core
            inner, marked = marked, f"{mark}{marked}{mark}"
    return marked if marked == core or (_flanks(inner[0], before) and _flanks(inner[-1], after)) else core


def _flanks(inside: str, outside: str) -> bool:
    """Return whether a mark between these opens or closes; "" is an end of the line. CommonMark 0.31.2, section 6.2."""
    if outside in _MARK_CHARACTERS:
        return False
    return not _is_punctuation(inside) or not outside or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
