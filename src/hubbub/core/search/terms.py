"""Terms: the tokens that a text is found by, whatever it is written in.

Words are runs of letters and digits, without case and without the marks that people leave out as they like. Scripts
that put no spaces between words, and Hangul, which puts few, have a token for every two characters that stand beside
each other, and one for the last of a run, so that whatever ends a run is followed by the next one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

TERMS_VERSION: Final = f"1-{unicodedata.unidata_version}"
"""Changes whenever a text may have other tokens than before; what was indexed by them has to be indexed again."""

LONGEST_WORD: Final = 64
"""Characters; a longer run is cut into words of so many, so that nobody's noise makes a vocabulary unwieldy."""

_UNSPACED: Final = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b-\u30fa\u30fc-\u312f\u31a0-\u31bf\u31f0-\u31ff"  # kana, Bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"  # more kana, Han
)
"""The characters of scripts that are not cut into words."""

_RUN: Final = re.compile(f"[{_UNSPACED}]+|[^ {_UNSPACED}]{{1,{LONGEST_WORD}}}")
_ASCII_WORD: Final = re.compile(f"[a-z0-9]{{1,{LONGEST_WORD}}}")

_IGNORED: Final = re.compile(
    "[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
    "\u0711\u0730-\u074a]"
)
"""What may stand inside a word and says nothing about which it is: soft hyphens, joiners, directions, variants, the
Arabic tatweel; then the accents of European scripts, the points of Hebrew, the vowel signs of Arabic and Syriac. Not
the marks of other scripts, which are letters there, such as a vowel in Hindi or Thai or what makes か into が."""

_JOINING: Final = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb\uff9e\uff9f]")
"""What is no mark and makes one character with what stands before it: the later parts of a Hangul syllable, and the
half-width voice marks of kana."""


class Folded(NamedTuple):
    """A text as it is compared: letters, digits and marks folded, and a space for everything else."""

    text: str
    begins: tuple[int, ...] | None = None
    """Where in the original what became of each character begins; None where nothing moved."""
    ends: tuple[int, ...] | None = None
    """Where it ends."""

    def original(self, begin: int, end: int) -> tuple[int, int]:
        """Return which part of the original a part of the folded text, not an empty one, comes from."""
        if self.begins is None or self.ends is None:
            return begin, end
        return self.begins[begin], self.ends[end - 1]


class Token(NamedTuple):
    """Something to find a text by, and where it stands in the folded text."""

    text: str
    begin: int
    end: int
    is_word: bool
    """Whether it is a word, and no piece of a run of a script without spaces."""


def fold(text: str) -> Folded:
    """Return the text as it is compared."""
    if text.isascii():
        return Folded(text.lower())
    folded: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    for begin, end in _segments(text):
        became = _fold_segment(text[begin:end])
        folded.append(became)
        begins += [begin] * len(became)
        ends += [end] * len(became)
    return Folded("".join(folded), tuple(begins), tuple(ends))


def runs_in(folded: str) -> Iterator[tuple[str, int, bool]]:
    """Return each run of a folded text, where it begins, and whether it is a word."""
    if folded.isascii():
        return ((found.group(), found.start(), True) for found in _ASCII_WORD.finditer(folded))
    return ((found.group(), found.start(), not is_unspaced(found.group()[0])) for found in _RUN.finditer(folded))


def tokens_in(folded: str) -> Iterator[Token]:
    """Return the tokens of a folded text, in their order."""
    for run, begin, is_word in runs_in(folded):
        if is_word:
            yield Token(run, begin, begin + len(run), is_word=True)
        else:
            for place in range(len(run)):
                pair = run[place : place + 2]
                yield Token(pair, begin + place, begin + place + len(pair), is_word=False)


def terms_of(text: str) -> list[str]:
    """Return the tokens of a text alone, in their order."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [token.text for token in tokens_in(fold(text).text)]


def is_unspaced(character: str) -> bool:
    """Return whether a character belongs to a script that is not cut into words."""
    return _UNSPACED_CHARACTER.match(character) is not None


_UNSPACED_CHARACTER: Final = re.compile(f"[{_UNSPACED}]")


_LONGEST_SEGMENT: Final = 32
"""Characters; who piles up more marks than that makes something that is cut, and not slow to put in order."""


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Return the parts of a text, none of which depends on its neighbours: a character, and what is written on it."""
    begin = 0
    for place, character in enumerate(text):
        if place > begin and (place == begin + _LONGEST_SEGMENT or not _continues(character)):
            yield begin, place
            begin = place
    yield begin, len(text)


@lru_cache(maxsize=4_096)
def _continues(character: str) -> bool:
    return (
        unicodedata.category(character).startswith("M")
        or _IGNORED.match(character) is not None
        or _JOINING.match(character) is not None
    )


@lru_cache(maxsize=8_192)
def _fold_segment(segment: str) -> str:
    if segment.isascii():
        return segment.lower() if segment.isalnum() else " " * len(segment)
    # Twice, because folding the case of what is written in compatible forms may bring such forms about again.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", segment).casefold())
    folded = unicodedata.normalize("NFC", _IGNORED.sub("", folded))
    return "".join(character if _is_part_of_word(character) else " " for character in folded)


def _is_part_of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
