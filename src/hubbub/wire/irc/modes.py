"""Modes: `+o-v ann bob` as a list of changes, and changes as few such words.

RFC 2812 section 3.2.3, as https://modern.ircdocs.horse/#mode-message tells it today. Whatever a client sends comes out
as values in its order: what it wants changed, which lists it wants to see, and what was wrong.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import Final

import msgspec

UNSPEAKABLE: Final = "*"
"""Stands for a mode that an answer could not name: a colon or a space."""


class ModeKind(Enum):
    """When a mode has a parameter, and what it means; in the order of `CHANMODES`, and then `PREFIX`."""

    LIST = auto()
    """A: adds to a list or takes from it; without a parameter the list is shown."""
    ALWAYS = auto()
    """B: with a parameter, set or unset; to unset it many clients send none."""
    WHEN_SET = auto()
    """C: with a parameter only where it is set."""
    FLAG = auto()
    """D: never with a parameter."""
    RANK = auto()
    """Of `PREFIX`: with the nick of a member."""


class ModeTable:
    """The modes that there are, for channels or for users."""

    __slots__ = ("_kinds", "chanmodes", "prefix", "ranks")

    def __init__(self, chanmodes: str, prefix: str = "()") -> None:
        """Take the letters as the tokens `CHANMODES` and `PREFIX` tell them: `beI,k,l,imn` and `(ov)@+`."""
        ranks, _, signs = prefix.removeprefix("(").partition(")")
        letters = (*chanmodes.split(","), ranks)
        self._kinds = {letter: kind for kind, some in zip(ModeKind, letters, strict=True) for letter in some}
        self.chanmodes = chanmodes
        self.prefix = prefix
        self.ranks = dict(zip(ranks, signs, strict=True))
        """The sign that stands before a member's nick, by letter, from the highest."""

    def kind_of(self, letter: str) -> ModeKind | None:
        """Return when this mode has a parameter, or None where there is no such mode."""
        return self._kinds.get(letter)


class ModeChange(msgspec.Struct, frozen=True):
    """One mode set or unset."""

    is_set: bool
    letter: str
    param: str = ""
    """"" where there is none; never with a space, and never beginning with a colon."""


class ListAsked(msgspec.Struct, frozen=True):
    """A list that somebody wants to see: `MODE #room b`."""

    letter: str


class UnknownMode(msgspec.Struct, frozen=True):
    """A mode that there is not; told once, however often it was sent. 472 or 501."""

    letter: str
    """What was sent, or `UNSPEAKABLE`."""


class BadParameter(msgspec.Struct, frozen=True):
    """A parameter that is missing, or none: empty, or not one word. 696, with `*` for the parameter."""

    is_set: bool
    letter: str
    is_missing: bool = True


class TooManyModes(msgspec.Struct, frozen=True):
    """More changes with a parameter than `MODES` allows; what is beyond was not read."""

    limit: int


ModeItem = ModeChange | ListAsked | UnknownMode | BadParameter | TooManyModes
"""What a client can mean by a mode, or do wrong."""


def parse_modes(words: Sequence[str], table: ModeTable, limit: int) -> list[ModeItem]:
    """Return what the parameters of a MODE behind its target ask for.

    A flag that is set and unset counts as it is last, so that there are never more items than letters, and `limit`
    changes with parameters. Behind the parameters of one group of letters may stand another.
    """
    items: dict[object, ModeItem] = {}
    with_params = 0
    for item in _read(iter(words), table):
        if isinstance(item, ModeChange) and item.param:
            with_params += 1
            if with_params > limit:
                items[TooManyModes] = TooManyModes(limit)
                break
            items[with_params] = item
        else:
            key = item.letter if isinstance(item, ModeChange) else item
            items.pop(key, None)
            items[key] = item
    return list(items.values())


def encode_modes(changes: Iterable[ModeChange], limit: int, limit_bytes: int) -> list[tuple[str, ...]]:
    """Return the changes in their order, as the parameters of as few MODE commands as possible, behind their target.

    Each has at most `limit` parameters and `limit_bytes` bytes, spaces between them included; one change alone may have
    more bytes.
    """
    groups: list[list[ModeChange]] = []
    for change in changes:
        if not groups or not _fits([*groups[-1], change], limit, limit_bytes):
            groups.append([])
        groups[-1].append(change)
    return [_encode(group) for group in groups]


def _read(words: Iterator[str], table: ModeTable) -> Iterator[ModeItem]:
    for number, letters in enumerate(words):
        if number and letters[:1] not in {"+", "-"}:
            continue  # a parameter too many, perhaps the key that a client tells with -k
        is_set = True
        for letter in letters:
            if letter in {"+", "-"}:
                is_set = letter == "+"
            else:
                yield _read_letter(is_set, letter, words, table.kind_of(letter))


def _read_letter(is_set: bool, letter: str, words: Iterator[str], kind: ModeKind | None) -> ModeItem:  # noqa: FBT001 - the sign is half of what is read
    if kind is None:
        return UnknownMode(UNSPEAKABLE if letter in {":", " "} else letter)
    if kind is ModeKind.FLAG or (kind is ModeKind.WHEN_SET and not is_set):
        return ModeChange(is_set, letter)
    param = next(words, "")
    if not param:
        return _read_without(is_set, letter, kind)
    if " " in param or param.startswith(":"):
        return BadParameter(is_set, letter, is_missing=False)
    return ModeChange(is_set, letter, param)


def _read_without(is_set: bool, letter: str, kind: ModeKind) -> ModeItem:  # noqa: FBT001 - as above
    if kind is ModeKind.LIST:
        return ListAsked(letter)
    if kind is ModeKind.ALWAYS and not is_set:
        return ModeChange(is_set, letter)
    return BadParameter(is_set, letter)


def _fits(group: Sequence[ModeChange], limit: int, limit_bytes: int) -> bool:
    words = _encode(group)
    return len(words) - 1 <= limit and len(" ".join(words).encode()) <= limit_bytes


def _encode(group: Sequence[ModeChange]) -> tuple[str, ...]:
    letters = []
    sign = ""
    for change in group:
        if sign != (sign := "+" if change.is_set else "-"):
            letters.append(sign)
        letters.append(change.letter)
    return ("".join(letters), *(change.param for change in group if change.param))
