"""Codes are read however people type them; tokens only as they are, and a slip is noticed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.codes import ALPHABET, CODE_SYMBOLS, hash_code, parse_code
from hubbub.service.secret_codes import hash_token, make_code, make_id, make_token
from tests.fuzz.budget import QUICK

CODES = st.text(ALPHABET, min_size=CODE_SYMBOLS, max_size=CODE_SYMBOLS)

MADE = 1_000
"""Secrets that are made to see that no two are alike."""


def test_a_code_looks_like_one() -> None:
    """Four groups of four, easily read aloud."""
    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{4}}", make_code())


def test_a_token_looks_like_one() -> None:
    """It begins as no other secret does, is one word, and fits into a line."""
    assert re.fullmatch(rf"hub_[{ALPHABET}]{{59}}", make_token())


def test_no_two_are_alike() -> None:
    """Codes, tokens and ids are random."""
    for make in (make_code, make_token, make_id):
        assert len({make() for _ in range(MADE)}) == MADE


@QUICK
@given(CODES, st.data())
def test_a_code_is_read_however_it_is_typed(code: str, data: st.DataObject) -> None:
    """Capitals or not, with spaces, dashes or nothing between, with letters for the digits that look like them."""
    typed = ""
    for symbol in code:
        alike = {"0": "0Oo", "1": "1IiLl"}.get(symbol, symbol + symbol.lower())
        typed += data.draw(st.sampled_from(alike)) + data.draw(st.sampled_from(["", "", "-", " ", "\u2013", " - "]))
    assert hash_code(typed) == hash_code(code) is not None
    assert parse_code(typed) == parse_code(code)


def test_a_code_that_was_read_is_as_it_was_made() -> None:
    """What is shown of a typed code is what the server gave away."""
    code = make_code()
    assert parse_code(code) == parse_code(code.lower().replace("-", "")) == code


@QUICK
@given(CODES, CODES)
def test_different_codes_have_different_hashes(one: str, other: str) -> None:
    """Forgiving makes no two codes the same."""
    assert (hash_code(one) == hash_code(other)) == (one == other)


@QUICK
@given(st.text() | st.text(ALPHABET + ALPHABET.lower() + "oilOILuU -", max_size=24))
def test_any_text_is_read_or_is_no_code(text: str) -> None:
    """Whatever is typed, there is an answer; only texts of sixteen symbols have a hash."""
    count = len(re.sub(r"[\s\-\u2010-\u2015_.]", "", text))
    assert hash_code(text) is None or count == CODE_SYMBOLS


@pytest.mark.parametrize("text", ["", "7K3M-9Q2X-0ZTB-4V8", "7K3M-9Q2X-0ZTB-4V8NN", "7K3M-9Q2X-0ZTB-4V8U", "ﬁ" * 8])
def test_what_is_no_code(text: str) -> None:
    """One symbol too few or too many, or one that there is not, makes no code; nor do letters that only contain one."""
    assert hash_code(text) is None
    assert parse_code(text) is None


def test_a_token_is_read_as_it_is() -> None:
    """The same token has the same hash, another one another."""
    token = make_token()
    assert hash_token(token) == hash_token(token) is not None
    assert hash_token(token) != hash_token(make_token())


@QUICK
@given(st.integers(0, 62), st.sampled_from(ALPHABET + "hub_ -"))
def test_a_changed_token_is_noticed(place: int, symbol: str) -> None:
    """No single character can be changed, lost or doubled without notice; the vault need not be asked."""
    token = make_token()
    changed = token[:place] + symbol + token[place + 1 :]
    assert (hash_token(changed) is None) == (changed != token)
    assert hash_token(token[:place] + token[place + 1 :]) is None
    assert hash_token(token[:place] + token[place] + token[place:]) is None


@QUICK
@given(st.text())
def test_any_text_is_no_token(text: str) -> None:
    """Whatever is shown instead of a token, the answer is no."""
    assert hash_token(text) is None
    assert hash_token("hub_" + text) is None
