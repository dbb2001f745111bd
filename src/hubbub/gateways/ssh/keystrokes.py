"""Keystrokes: what a terminal sends while somebody types, understood as keys and text."""

import re
from codecs import getincrementaldecoder
from enum import Enum, auto
from typing import Final, NamedTuple

from hubbub.core.texts import remove_controls

SEQUENCE_LIMIT: Final = 32
"""Longest escape sequence that is waited for, in characters: those of keys have some eight."""


class Key(Enum):
    """A key that does not stand for a character."""

    ENTER = auto()
    TAB = auto()
    BACKSPACE = auto()
    DELETE = auto()
    LEFT = auto()
    RIGHT = auto()
    WORD_LEFT = auto()
    WORD_RIGHT = auto()
    HOME = auto()
    END = auto()
    UP = auto()
    DOWN = auto()
    CUT_TO_END = auto()
    CUT_TO_START = auto()
    CUT_WORD = auto()
    PASTE = auto()
    REDRAW = auto()
    INTERRUPT = auto()
    """Ctrl+C."""
    END_OF_INPUT = auto()
    """Ctrl+D: the character to the right is deleted, or in an empty line, all is said."""


class Cursor(NamedTuple):
    """Where a terminal says that its cursor is: it was asked."""

    column: int
    """The first is 1."""


Keystroke = Key | Cursor | str
"""A key, an answer, or a text."""

_CONTROLS: Final = {
    "\r": Key.ENTER,
    "\n": Key.ENTER,
    "\t": Key.TAB,
    "\x7f": Key.BACKSPACE,
    "\x08": Key.BACKSPACE,
    "\x01": Key.HOME,
    "\x02": Key.LEFT,
    "\x03": Key.INTERRUPT,
    "\x04": Key.END_OF_INPUT,
    "\x05": Key.END,
    "\x06": Key.RIGHT,
    "\x0b": Key.CUT_TO_END,
    "\x0c": Key.REDRAW,
    "\x0e": Key.DOWN,
    "\x10": Key.UP,
    "\x15": Key.CUT_TO_START,
    "\x17": Key.CUT_WORD,
    "\x19": Key.PASTE,
}
"""Those of readline, which every shell has taught."""

_FINALS: Final = {
    "A": Key.UP,
    "B": Key.DOWN,
    "C": Key.RIGHT,
    "D": Key.LEFT,
    "H": Key.HOME,
    "F": Key.END,
}
"""How the sequences of cursor keys end, in either mode of the terminal. ctlseqs of xterm, "PC-Style Function Keys"."""

_NUMBERED: Final = {"1": Key.HOME, "3": Key.DELETE, "4": Key.END, "7": Key.HOME, "8": Key.END}
"""What stands before `~` in those of the editing keys: xterm, the Linux console and rxvt."""

_WITH_META: Final = {
    "b": Key.WORD_LEFT,
    "f": Key.WORD_RIGHT,
    "\x7f": Key.CUT_WORD,
    "\x08": Key.CUT_WORD,
}

_WORDWISE: Final = {Key.LEFT: Key.WORD_LEFT, Key.RIGHT: Key.WORD_RIGHT}
"""What cursor keys do together with Alt or Ctrl."""

_TOKEN: Final = re.compile(
    r"\x1b\[(?P<parameters>[0-?]*)[ -/]*(?P<final>[@-~])"
    r"|\x1bO(?P<application>[@-~])"
    r"|\x1b(?P<meta>[^\[O])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
)
"""ECMA-48 section 5.4 (control sequences), and the text between them."""


class Keystrokes:
    """Takes bytes in any pieces."""

    __slots__ = ("_decoder", "_follows_return", "_rest")

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        """The beginning of an escape sequence."""
        self._follows_return = False

    def receive(self, data: bytes) -> list[Keystroke]:
        """Return what was pressed and typed, in order. What nobody's keyboard sends is left out."""
        waiting = self._rest + self._decoder.decode(data)
        pressed: list[Keystroke] = []
        place = 0
        while (token := _TOKEN.match(waiting, place)) is not None:
            place = token.end()
            if (key := self._understand(token)) is not None:
                pressed.append(key)
        rest = waiting[place:]
        self._rest = rest if len(rest) <= SEQUENCE_LIMIT else ""
        return pressed

    def _understand(self, token: re.Match[str]) -> Keystroke | None:
        if (text := token["text"]) is not None:
            self._follows_return = False
            return remove_controls(text) or None
        if (control := token["control"]) is not None:
            # Some clients send both for one key.
            is_second = control == "\n" and self._follows_return
            self._follows_return = control == "\r"
            return None if is_second else _CONTROLS.get(control)
        self._follows_return = False
        if (meta := token["meta"]) is not None:
            return _WITH_META.get(meta.lower())
        if (final := token["application"]) is not None:
            return _FINALS.get(final)
        return _understand_sequence(token["parameters"], token["final"])


def _understand_sequence(parameters: str, final: str) -> Key | Cursor | None:
    number, _, modifiers = parameters.partition(";")
    if final == "R":
        # "Report Cursor Position" in ctlseqs of xterm: the row, and the column.
        return Cursor(int(modifiers)) if modifiers.isascii() and modifiers.isdecimal() else None
    if final == "~":
        return _NUMBERED.get(number)
    key = _FINALS.get(final)
    return _WORDWISE.get(key, key) if key is not None and modifiers not in {"", "1"} else key
