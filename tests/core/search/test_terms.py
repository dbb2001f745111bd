# ruff: noqa: RUF001 - letters of other scripts than ours are what this is about
"""Terms: any text comes apart into tokens, and the same text, however it is encoded, into the same ones."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.search.terms import LONGEST_WORD, fold, terms_of, tokens_in
from tests.core.search.texts import SCRIPTS, any_text
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Tea, or MILK?", ["tea", "or", "milk"]),
        ("foo_bar.baz(42)", ["foo", "bar", "baz", "42"]),
        ("Crème brûlée, Straße, ŁÓDŹ", ["creme", "brulee", "strasse", "łodz"]),
        ("ﬁne Ｆｕｌｌ x²", ["fine", "full", "x2"]),
        ("Ёлка Киев й", ["елка", "киев", "и"]),
        ("Ἀθήνα ΣΟΦΟΣ σοφός", ["αθηνα", "σοφοσ", "σοφοσ"]),
        ("السَّلامُ عليكم أهـــلاً", ["السلام", "عليكم", "اهلا"]),
        ("می‌خواهم", ["میخواهم"]),
        ("שָׁלוֹם עולם", ["שלום", "עולם"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("日本語", ["日本", "本語", "語"]),
        ("使用iPhone！", ["使用", "用", "iphone"]),
        ("がｶﾞか", ["がガ", "ガか", "か"]),
        ("สวัสดี", ["สว", "วั", "ัส", "สด", "ดี", "ี"]),
        ("한국어", ["한국", "국어", "어"]),
        ("", []),
        ("!? … 🙂", []),
        ("a" * (LONGEST_WORD + 1), ["a" * LONGEST_WORD, "a"]),
    ],
)
def test_a_text_comes_apart(text: str, terms: list[str]) -> None:
    """Into words without case and marks, or into pairs where a script has no spaces."""
    assert terms_of(text) == terms


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_the_encoding_does_not_matter(text: str) -> None:
    """Composed or not, in capitals or not: the tokens are the same."""
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert terms_of(unicodedata.normalize(form, text)) == terms_of(text)
    assert terms_of(text.upper()) == terms_of(text)


@QUICK
@given(any_text())
def test_any_text_has_tokens(text: str) -> None:
    """Each is not empty, has no space and no capital, and stands where it says, in order."""
    folded = fold(text)
    tokens = list(tokens_in(folded.text))
    assert [token.text for token in tokens] == terms_of(text)
    places = []
    for token in tokens:
        assert token.text
        assert len(token.text) <= LONGEST_WORD
        assert not token.text.isspace()
        assert folded.text[token.begin : token.end] == token.text
        begin, end = folded.original(token.begin, token.end)
        assert 0 <= begin < end <= len(text)
        places.append(begin)
    assert places == sorted(places)


@QUICK
@given(any_text(), any_text())
def test_a_space_divides(one: str, other: str) -> None:
    """What stands on both sides of it has nothing to do with each other."""
    assert terms_of(f"{one} {other}") == terms_of(one) + terms_of(other)


@QUICK
@given(any_text())
def test_composing_changes_nothing(text: str) -> None:
    """Whatever a keyboard sends."""
    assert terms_of(unicodedata.normalize("NFD", text)) == terms_of(unicodedata.normalize("NFC", text))


@QUICK
@given(st.integers(1, 3_000))
def test_piled_up_marks_are_harmless(count: int) -> None:
    """However many there are."""
    assert terms_of("e" + "\u0301\u0323" * count + "a") == ["ea"]
