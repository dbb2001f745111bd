"""Look-alikes: who could be mistaken for somebody has the same skeleton, and whoever could not has another."""
# ruff: noqa: RUF001 - characters that can be confused are what this is about

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core._confusables import GROUPS
from hubbub.core.lookalikes import skeleton
from hubbub.core.names import find_key, parse_name, suggest_name
from tests.fuzz.budget import QUICK

CONFUSABLES = "".join(group.rpartition(":")[2] for group in GROUPS.split())

ALPHABET = CONFUSABLES + "abilmnorvw10|_'`-.\u0130\u0301\u0307\u0323\u0328\u0338\u200d\u094d"

NAMES = (
    st.text(st.sampled_from([letter for letter in ALPHABET if find_key(f"a{letter}a")]))
    | st.text(st.sampled_from([letter for letter in ALPHABET if find_key(f"ا{letter}ا")]))
    | st.text(st.characters())
)
"""Mostly legal ones, from left to right and from right to left."""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Of ASCII.
        ("bob", "b0b"),
        ("ill", "l1l"),
        ("Ian", "lan"),
        ("paypal", "PAYPAI"),
        ("bob|", "bobI"),
        ("modern", "modem"),
        ("will", "vvill"),
        ("o'hara", "o`hara"),
        # Of other scripts, alone and among Latin letters.
        ("paypal", "pаypаl"),
        ("paypal", "раураӏ"),
        ("boba", "вова"),
        ("BOBA", "Вова"),
        ("helen", "Ηelen"),
        ("tom", "тom"),
        ("bob", "bοb"),
        ("Anna", "Αnna"),
        ("Eve", "Εve"),
        ("vic", "νic"),
        ("Bob", "Βob"),
        ("nun", "ոսո"),
        ("hugo", "հսցօ"),
        ("ada", "ꭺꭰꭺ"),
        ("LISU", "ꓡꓲꓢꓴ"),
        ("max", "Ⲙax"),
        ("саша", "caшa"),
        ("Іван", "Iван"),
        ("カルロ", "力ル口"),
        # Digits.
        ("agent007", "agentοο7"),
        ("user3", "userз"),
        ("loo", "l၀၀"),
        ("ا١", "اا"),
        ("४६०", "४६௦"),
        # Marks and joiners that are not seen, or are each other's twins.
        ("ivan", "i\u0307van"),
        ("jan", "j\u0307an"),
        ("i\u0323van", "i\u0323\u0307van"),
        ("i\u0307\u0307van", "ivan"),
        ("İan", "ian"),
        ("कष", "क\u200dष"),
        ("français", "franc\u0321ais"),
        ("é", "e\u0341"),
        ("ҫ\u0338", "c\u0338\u0326"),
        ("søren", "so\u0338ren"),
    ],
)
def test_names_that_can_be_mistaken_for_each_other_have_one_skeleton(one: str, other: str) -> None:
    """Whatever mixture of capitals and small letters they are shown in."""
    assert skeleton(one) == skeleton(other)
    assert skeleton(one.lower()) == skeleton(other.lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ann", "anna"),
        ("bob", "rob"),
        ("bob", "bob_"),
        ("j-l", "j_l"),
        ("ann", "ann2"),
        ("dan", "clan"),
        ("nick", "vick"),
        ("guy", "guu"),
        ("sam", "5am"),
        ("bob", "6o6"),
        ("queue", "gueue"),
        ("cat", "kat"),
        ("jose", "josé"),
        ("jan", "ján"),
        ("weib", "weiß"),
        ("Müller", "Muller"),
        ("Иван", "Ован"),
        ("Евген", "Євген"),
        ("Мила", "Мира"),
        ("Ίων", "Ίον"),
        ("Νίκη", "Βίκη"),
        ("שרה", "שדה"),
        ("محمد", "محمود"),
        ("山田", "川田"),
        ("राम", "राज"),
    ],
)
def test_names_that_are_told_apart_have_different_skeletons(one: str, other: str) -> None:
    """Nobody loses a name to somebody whose name merely resembles it."""
    assert skeleton(one) != skeleton(other)
    assert skeleton(one.lower()) != skeleton(other.lower())


def test_a_capital_that_misleads_is_seen_only_as_shown() -> None:
    """Greek's nu and upsilon look like N and Y, and small like v and u: v and n are not made one for that."""
    assert skeleton("Νathan") == skeleton("nathan") != skeleton("νathan")
    assert skeleton("Υvonne") == skeleton("yvonne") != skeleton("υvonne")
    assert skeleton("oliνer") == skeleton("oliver")


@QUICK
@given(NAMES)
def test_every_name_has_a_skeleton(text: str) -> None:
    """It is never empty, is its own skeleton, and is decomposed; names that are the same look the same."""
    key = find_key(text)
    if not key:
        return
    look = skeleton(key)
    assert look != ""
    assert skeleton(look) == look == unicodedata.normalize("NFD", look)
    assert skeleton(parse_name(key).key) == look
    assert skeleton(parse_name(text).shown) != ""


@QUICK
@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_looks_the_same_in_capitals(text: str) -> None:
    """The name as shown and its key have one skeleton."""
    assert skeleton(text.upper()) == skeleton(text) == skeleton(text.lower())


def test_every_character_of_the_table_has_settled() -> None:
    """A look is looked up once; none is itself said to look like something else."""
    for character in CONFUSABLES:
        look = skeleton(character)
        assert skeleton(look) == look != character


@pytest.mark.parametrize("name", ["ann", "Bob", "ill", "guest", "lol", "x1", "bob1990", "Ünal", "Дмитрий", "ا"])
def test_suggestions_do_not_look_like_the_name_nor_like_each_other(name: str) -> None:
    """Who is offered a number behind a taken name is not refused for it."""
    taken = {skeleton(name)}
    for _ in range(120):
        suggestion = suggest_name(name, lambda key: skeleton(key) not in taken)
        assert skeleton(suggestion) not in taken
        taken.add(skeleton(suggestion))


def test_plain_names_need_no_table() -> None:
    """A server where nobody has an unusual name never loads it."""
    script = (
        "import sys; from hubbub.core.lookalikes import skeleton; skeleton('Ann'); "
        "assert 'hubbub.core._confusables' not in sys.modules; "
        "skeleton('Änn'); assert 'hubbub.core._confusables' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
