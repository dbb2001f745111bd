"""Modes: what a client asks for, what it does wrong, and how changes are told."""

from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.message import encode_line
from hubbub.wire.irc.modes import (
    UNSPEAKABLE,
    BadParameter,
    ListAsked,
    ModeChange,
    ModeItem,
    ModeTable,
    TooManyModes,
    UnknownMode,
    encode_modes,
    parse_modes,
)
from tests.fuzz.budget import QUICK

TABLE: Final = ModeTable("beI,k,l,imnst", "(qov)~@+")
LIMIT: Final = 3


def on(letter: str, param: str = "") -> ModeChange:
    """Return a mode that is set."""
    return ModeChange(is_set=True, letter=letter, param=param)


def off(letter: str, param: str = "") -> ModeChange:
    """Return a mode that is unset."""
    return ModeChange(is_set=False, letter=letter, param=param)


def missing(letter: str, *, is_set: bool = True) -> BadParameter:
    """Return what a parameter that is missing comes to."""
    return BadParameter(is_set, letter)


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("+mb *@127.0.0.1", [on("m"), on("b", "*@127.0.0.1")]),
        ("-bl+i *@192.168.0.1", [off("b", "*@192.168.0.1"), off("l"), on("i")]),
        ("+o bunny", [on("o", "bunny")]),
        ("+l 10", [on("l", "10")]),
        ("-k secret", [off("k", "secret")]),
        ("i", [on("i")]),
        ("+o-o+v a b c", [on("o", "a"), off("o", "b"), on("v", "c")]),
        ("+o a +v b", [on("o", "a"), on("v", "b")]),
        ("+-+-i", [off("i")]),
        ("+b -b", [on("b", "-b")]),
    ],
)
def test_changes_are_read_as_they_are_meant(words: str, items: list[ModeItem]) -> None:
    """The examples of https://modern.ircdocs.horse/#mode-message, and others that clients send."""
    assert parse_modes(words.split(), TABLE, LIMIT) == items


@pytest.mark.parametrize(
    ("words", "items"),
    [
        (["b"], [ListAsked("b")]),
        (["+beI"], [ListAsked("b"), ListAsked("e"), ListAsked("I")]),
        (["-b"], [ListAsked("b")]),
        (["+b", ""], [ListAsked("b")]),
        (["bbbb"], [ListAsked("b")]),
        (["+k"], [missing("k")]),
        (["+l"], [missing("l")]),
        (["-o"], [missing("o", is_set=False)]),
        (["-k"], [off("k")]),
        (["+ok", "ann"], [on("o", "ann"), missing("k")]),
        (["+k", "two words"], [BadParameter(is_set=True, letter="k", is_missing=False)]),
        (["+k", ":x"], [BadParameter(is_set=True, letter="k", is_missing=False)]),
        (["+Z"], [UnknownMode("Z")]),
        (["ZZ+Z-Z"], [UnknownMode("Z")]),
        (["+Zi"], [UnknownMode("Z"), on("i")]),
        (["+:"], [UnknownMode(UNSPEAKABLE)]),
        (["+i o"], [on("i"), UnknownMode(UNSPEAKABLE), missing("o")]),
        (["+ü1"], [UnknownMode("ü"), UnknownMode("1")]),
        (["-i+i-i"], [off("i")]),
        (["+i", "too", "many"], [on("i")]),
        ([], []),
        ([""], []),
        (["+", "+", "-"], []),
        (["+oooo", "a", "b", "c", "d"], [on("o", "a"), on("o", "b"), on("o", "c"), TooManyModes(LIMIT)]),
    ],
)
def test_what_is_missing_unknown_or_too_much_is_told(words: list[str], items: list[ModeItem]) -> None:
    """Each once, in its place, and nothing else is spoilt by it."""
    assert parse_modes(words, TABLE, LIMIT) == items


def test_a_thousand_flags_are_no_more_than_one() -> None:
    """A line full of letters costs as many items as there are letters."""
    assert parse_modes(["+i-i" * 120 + "mm"], TABLE, LIMIT) == [off("i"), off("m")]


def test_modes_of_users_are_a_table_too() -> None:
    """Only flags, and no ranks. https://modern.ircdocs.horse/#user-modes."""
    users = ModeTable(",,,iBorR")
    assert parse_modes(["+iZ-B", "x"], users, LIMIT) == [on("i"), UnknownMode("Z"), off("B")]


def test_the_table_is_what_the_tokens_say() -> None:
    """https://modern.ircdocs.horse/#chanmodes-parameter and #prefix-parameter."""
    assert TABLE.chanmodes == "beI,k,l,imnst"
    assert TABLE.prefix == "(qov)~@+"
    assert TABLE.ranks == {"q": "~", "o": "@", "v": "+"}


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ([], []),
        ([on("i")], [("+i",)]),
        ([on("o", "a"), on("o", "b"), off("v", "a"), on("i")], [("+oo-v+i", "a", "b", "a")]),
        ([on("o", name) for name in "abcd"], [("+ooo", "a", "b", "c"), ("+o", "d")]),
        ([*(on("o", name) for name in "abc"), off("i"), on("o", "d")], [("+ooo-i", "a", "b", "c"), ("+o", "d")]),
        ([on("o", "a" * 20), on("o", "b" * 20)], [("+o", "a" * 20), ("+o", "b" * 20)]),
        ([on("b", "a" * 27), on("i")], [("+bi", "a" * 27)]),
        ([on("b", "ü" * 14), on("i")], [("+b", "ü" * 14), ("+i",)]),
    ],
)
def test_changes_are_told_in_as_few_lines_as_may_be(changes: list[ModeChange], lines: list[tuple[str, ...]]) -> None:
    """As many as `MODES` allows and a line holds, in their order, a sign only where it changes."""
    assert encode_modes(changes, LIMIT, limit_bytes=31) == lines


CHANGES = st.lists(
    st.one_of(
        st.builds(ModeChange, st.booleans(), st.sampled_from("imn")),
        st.builds(ModeChange, st.booleans(), st.sampled_from("bov"), st.text("aé-+!*@", min_size=1, max_size=9)),
    ),
    max_size=12,
)


@QUICK
@given(CHANGES)
def test_what_is_told_is_read(changes: list[ModeChange]) -> None:
    """Whatever the lines, they come to the same changes; flags count as they are last."""
    lines = encode_modes(changes, LIMIT, limit_bytes=40)
    read = [change for words in lines for change in parse_modes(words, TABLE, LIMIT)]
    assert with_params(read) == with_params(changes)
    assert last_flags(read) == last_flags(changes)
    assert all(len(words) <= LIMIT + 1 and len(" ".join(words).encode()) <= 40 for words in lines)


def with_params(items: Sequence[ModeItem]) -> list[ModeItem]:
    """Return the changes that have one."""
    return [item for item in items if isinstance(item, ModeChange) and item.param]


def last_flags(items: Sequence[ModeItem]) -> dict[str, bool]:
    """Return what is left of the flags."""
    return {item.letter: item.is_set for item in items if isinstance(item, ModeChange) and not item.param}


@QUICK
@given(st.lists(st.text(st.sampled_from("+-biklov: Zü*"), max_size=12), max_size=6))
def test_anything_comes_to_few_items_that_can_be_told(words: list[str]) -> None:
    """As many as there are letters and three changes; and each can stand in an answer."""
    items = parse_modes(words, TABLE, LIMIT)
    assert len(items) <= LIMIT + 1 + 2 * len({*"".join(words)})
    for item in items:
        if not isinstance(item, TooManyModes):
            encode_line("472", "ann", item.letter, text="is unknown")
        if isinstance(item, ModeChange) and item.param:
            encode_line("MODE", "#r", f"+{item.letter}", item.param, text="x")
