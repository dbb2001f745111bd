"""Splitting: a long text as several lines of IRC, none of which is cut by anybody on its way.

What a client may send says nothing about what arrives: the server puts a source before it, of which clients know only
roughly how long it is. So the one who knows it cuts.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from hubbub.wire.irc.ctcp import ACTION, encode_ctcp
from hubbub.wire.irc.message import LINE_LIMIT, encode_line
from hubbub.wire.splitting import UTF8_BYTES, split_text

_LEAST: Final = UTF8_BYTES + 1
"""Room for any character and a space, whatever stands before it."""

_AROUND_ACTION: Final = encode_ctcp(ACTION, "?").replace("?", "")


class MultilinePart(msgspec.Struct, frozen=True):
    """One line of a batch. IRCv3 multiline."""

    text: str
    continues: bool = False
    """Whether it goes on with the line before it, `draft/multiline-concat`; else a line end stands between them."""


def text_room(command: str, *params: str, source: str, around: str = "") -> int:
    """Return how many bytes of text fit behind these parameters, if `around` stands around it."""
    return max(_LEAST, LINE_LIMIT - len(encode_line(command, *params, text=around, source=source)))


def split_said(text: str, command: str, target: str, *, source: str, action: bool = False) -> list[str]:
    """Return a text in pieces, each of which fits into one line: at line ends, else between words, else characters.

    With `action`, each piece is a CTCP of its own, which clients show as what somebody does.
    """
    pieces = split_text(text, text_room(command, target, source=source, around=_AROUND_ACTION if action else ""))
    return [encode_ctcp(ACTION, piece) for piece in pieces] if action else pieces


def split_multiline(text: str, room_bytes: int) -> list[MultilinePart]:
    """Return a text as the lines of a batch, of at most `room_bytes` each; joined as they say, they are the text."""
    return [part for line in text.split("\n") for part in _split_line(line, room_bytes)]


def _split_line(line: str, room_bytes: int) -> Iterator[MultilinePart]:
    start = 0
    while len(line[start : start + room_bytes + 1].encode()) > room_bytes:
        # As much as says where the next word ends. A space at the end of the piece belongs to it: nothing is lost.
        pieces = split_text(line[start : start + 2 * room_bytes], room_bytes - 1)
        end = start + len(pieces[0])
        end += line.startswith(" ", end)
        yield MultilinePart(line[start:end], continues=start > 0)
        start = end
    yield MultilinePart(line[start:], continues=start > 0)
