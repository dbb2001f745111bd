"""Colours: how a room looks on a terminal that has some. Nothing is told by colour alone."""

import re
from typing import Final
from zlib import crc32

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.messages import Said
from hubbub.core.texts import remove_controls
from hubbub.gateways.text.phrasebook import TextDialect

_RESET: Final = "\x1b[0m"
_DIM: Final = "\x1b[2m"
_NAME_COLOURS: Final = (31, 32, 33, 34, 35, 36)
"""Foreground colours of ECMA-48 section 8.3.117 but black and white, one of which nobody could read."""

_PART: Final = re.compile(r"\[(?P<server>SERVER|BROADCAST FROM [^\]]+|PRIVATE [^\]]+)\] |\[(?P<name>[^\] ]+)[^\]]*\] ")


class ColourDialect(TextDialect):
    """Stamps and the server are faint, names bold and everyone's in a colour of its own.

    Whoever hears this has written the words on a row that is taken away, so he hears his own as well.
    """

    echoes: frozenset[type[AnyEvent]] = TextDialect.echoes | {Said}

    def encode_lines(self, time_ms: int, head: str, text: str) -> bytes:
        """Return the text as the plain dialect does, with colours before it; in it nothing is obeyed."""
        start = f"{_DIM}{self._stamper.stamp(time_ms)}{_RESET}{_colour(remove_controls(head))}"
        end = self._line_end
        text = remove_controls(text)
        if "\n" in text:
            text = text.replace("\n", end + start)
        return f"{start}{text}{end}".encode()


def _colour(head: str) -> str:
    return _PART.sub(_colour_part, head)


def _colour_part(part: re.Match[str]) -> str:
    if part["server"] is not None:
        code = "2;36" if part["server"] == "SERVER" else "1;35"
        return f"\x1b[{code}m{part[0]}{_RESET}"
    if (name := part["name"]).startswith("#"):
        return f"{_DIM}{part[0]}{_RESET}"
    return f"\x1b[1;{_NAME_COLOURS[crc32(name.encode()) % len(_NAME_COLOURS)]}m{part[0]}{_RESET}"
