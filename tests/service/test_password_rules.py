"""Which passwords are taken: long ones that are not guessed first, whatever they are made of."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.kinds import Refused
from hubbub.service.common_passwords import COMMON_PASSWORDS
from hubbub.service.password_rules import PASSWORD_LIMIT, PASSWORD_MINIMUM, prepare_password, require_password
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    "password",
    [
        "abcdefg8",
        "correct horse battery staple",
        "        x",
        "~!@#$%^&*()",
        "\N{CYRILLIC SMALL LETTER PE}" + "\N{CYRILLIC SMALL LETTER A}" * 7,
        "\N{PILE OF POO}\N{TEACUP WITHOUT HANDLE}" * 4,
        "annannann",
        "ab" * (PASSWORD_LIMIT // 2),
    ],
)
def test_what_may_be_a_password(password: str) -> None:
    """Length alone counts, not which kinds of characters there are: letters of any script, symbols, spaces."""
    require_password(password, "ann")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "at least 8 characters"),
        ("abcdef7", "at least 8 characters"),
        ("e\u0301" * 7, "at least 8 characters"),
        ("ab" * (PASSWORD_LIMIT // 2) + "c", "has 1025 characters, and 1024 is the most"),
        ("password", "one of the first that are guessed"),
        ("PassWord123", "one of the first that are guessed"),
        ("aaaaaaaaAAAA", "one of the first that are guessed"),
        ("annabella", "A name is no password"),
        ("ANNABELLA", "A name is no password"),
        ("line\nbreak", "without control characters"),
        ("half a \ud800 pair", "without control characters"),
    ],
)
def test_what_is_refused(password: str, sentence: str) -> None:
    """A sentence says what is wrong, and what to do where that is not plain."""
    with pytest.raises(Refused, match=sentence) as refused:
        require_password(password, "Annabella")
    assert refused.value.refusal.code == "bad_password"


def test_the_common_ones_could_be_chosen() -> None:
    """The list holds no word that another rule refuses anyway, and compares as words are compared."""
    for word in COMMON_PASSWORDS:
        assert len(word) >= PASSWORD_MINIMUM
        assert word.casefold() == word
        assert len(set(word)) > 1


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("caf\N{LATIN SMALL LETTER E WITH ACUTE}", "cafe\N{COMBINING ACUTE ACCENT}"),
        ("\N{ANGSTROM SIGN}", "\N{LATIN CAPITAL LETTER A WITH RING ABOVE}"),
        ("a\N{NO-BREAK SPACE}b", "a b"),
        ("a\N{IDEOGRAPHIC SPACE}b", "a b"),
    ],
)
def test_the_same_password_typed_differently(typed: str, other: str) -> None:
    """What looks the same and comes from another keyboard or system is the same. RFC 8265 section 4.2.2."""
    assert prepare_password(typed) == prepare_password(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann", "ann"), ("a b", "ab"), (" a", "a"), ("\N{FULLWIDTH LATIN SMALL LETTER A}", "a")],
)
def test_different_passwords(one: str, other: str) -> None:
    """Capitals, spaces and widths are kept: they make a password harder to guess. RFC 8265 section 4.2.2."""
    assert prepare_password(one) != prepare_password(other)


@QUICK
@given(st.text(max_size=20))
def test_preparing_again_changes_nothing(text: str) -> None:
    """A prepared password is its own, whatever was typed."""
    try:
        prepared = prepare_password(text)
    except Refused:
        return
    assert prepare_password(prepared) == prepared
    assert unicodedata.is_normalized("NFC", prepared)
