"""Splitting: a long text in pieces that a client can bear, cut where it hurts least."""

import unicodedata
from typing import Final

UTF8_BYTES: Final = 4
"""Most bytes of one character in UTF-8. RFC 3629 section 3."""

_BLANK: Final = " "
"""What an empty line becomes."""

_CONTINUATION: Final = 0b1000_0000
"""The two highest bits of every byte of a character but its first. RFC 3629 section 3."""

_GRAPHEME_LIMIT: Final = 16
"""Characters that a cut steps back at most to spare what looks like one: more combine in no language."""

_JOINER: Final = "\u200d"
_SKIN_TONES: Final = "".join(map(chr, range(0x1F3FB, 0x1F400)))
_FLAG_LETTERS: Final = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def split_text(text: str, limit_bytes: int) -> list[str]:
    """Return the text's lines in pieces of at most `limit_bytes` of UTF-8, none of them empty.

    Empty lines between others come to one space, however many they are: there are clients that break on an empty text,
    and nobody should get a frame for each byte that somebody sends.

    A line too long is cut at a space, which falls away, or where there is none, between two characters as people see
    them. A word too long for any piece begins where it stands: what is before it, perhaps a mere `[#room]`, would be a
    piece of its own. The text holds no lone surrogates. Raises ValueError for a limit that not every character keeps.
    """
    if limit_bytes < UTF8_BYTES:
        raise ValueError(limit_bytes)
    pieces = []
    for line in text.strip("\n").split("\n"):
        if len(line.encode()) > limit_bytes:
            pieces += _split_line(line.encode(), limit_bytes)
        elif line:
            pieces.append(line)
        elif pieces and pieces[-1] != _BLANK:
            pieces.append(_BLANK)
    return pieces


def _split_line(line: bytes, limit_bytes: int) -> list[str]:
    pieces = []
    start = 0
    while len(line) - start > limit_bytes:
        end = line.rfind(b" ", start + 1, start + limit_bytes + 1)
        if end > start and _word_end(line, end + 1) - (end + 1) <= limit_bytes:
            pieces.append(line[start:end].decode())
            start = end + 1
        else:
            end = _character_end(line, start + limit_bytes)
            piece = _cut_grapheme(line[start:end].decode(), _character_at(line, end))
            pieces.append(piece)
            start += len(piece.encode())
    if start < len(line):
        pieces.append(line[start:].decode())
    return pieces


def _word_end(line: bytes, start: int) -> int:
    end = line.find(b" ", start)
    return len(line) if end < 0 else end


def _character_end(data: bytes, limit: int) -> int:
    """Return the last place up to `limit` where a character ends: bytes 10xxxxxx go on with one."""
    while data[limit] & 0b1100_0000 == _CONTINUATION:
        limit -= 1
    return limit


def _character_at(data: bytes, start: int) -> str:
    return data[start : start + UTF8_BYTES].decode(errors="ignore")[0]


def _cut_grapheme(piece: str, following: str) -> str:
    """Return the piece without its end, if that and the following character are seen as one."""
    for end in range(len(piece), max(0, len(piece) - _GRAPHEME_LIMIT), -1):
        if not _belong_together(piece[:end], following):
            return piece[:end]
        following = piece[end - 1]
    return piece


def _belong_together(piece: str, following: str) -> bool:
    if following in _FLAG_LETTERS:
        # Two make a flag, so an odd one at the end waits for its other half.
        return (len(piece) - len(piece.rstrip(_FLAG_LETTERS))) % 2 == 1
    if following == _JOINER or following in _SKIN_TONES or piece[-1] == _JOINER:
        return True
    return unicodedata.category(following).startswith("M")
