"""Matching: the law of what is found, and where in the text."""

from itertools import pairwise

import pytest
from hypothesis import assume, given

from hubbub.core.kinds import Refused
from hubbub.core.search.matching import find_spans, has_link, matches, score
from hubbub.core.search.query import LEAST_PART, SearchQuery, parse_query, term_of
from hubbub.core.search.terms import terms_of
from tests.core.search.cases import FOUND, NOT_FOUND
from tests.core.search.texts import any_text
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(("text", "query", "marked"), FOUND)
def test_what_is_looked_for_is_found(text: str, query: str, marked: str) -> None:
    """In every script, and where it stands."""
    wanted = parse_query(query)
    assert matches(wanted, text)
    shown, end = "", 0
    for span in find_spans(wanted, text):
        shown += f"{text[end : span.begin]}*{text[span.begin : span.end]}*"
        end = span.end
    assert shown + text[end:] == marked


@pytest.mark.parametrize(("text", "query"), NOT_FOUND)
def test_what_is_something_else_is_not_found(text: str, query: str) -> None:
    """Even where it looks like it."""
    assert not matches(parse_query(query), text)


@QUICK
@given(any_text(20), any_text(6), any_text(20))
def test_a_phrase_is_found_where_it_stands(before: str, phrase: str, behind: str) -> None:
    """Between spaces, and nothing that is found lies outside the text."""
    term = term_of(phrase, is_phrase=True)
    assume(term is not None)
    assert term is not None
    text = f"{before} {phrase} {behind}"
    query = SearchQuery((term,))
    assert matches(query, text)
    assert not matches(SearchQuery((), (term,)), text)
    spans = find_spans(query, text)
    assert spans
    assert all(0 <= span.begin < span.end <= len(text) for span in spans)
    assert all(one.end < other.begin for one, other in pairwise(spans))
    assert score(query, text) > 0


@QUICK
@given(any_text(20))
def test_every_part_of_a_word_finds_it(text: str) -> None:
    """From three letters on."""
    for word in terms_of(text):
        for begin in range(len(word) - LEAST_PART + 1):
            term = term_of(word[begin : begin + LEAST_PART], is_phrase=False)
            assert term is not None
            assert matches(SearchQuery((term,)), text)


@QUICK
@given(any_text(20), any_text(20))
def test_marks_never_fail(query: str, text: str) -> None:
    """Whatever is looked for, and wherever: there are spans only where something was found."""
    try:
        wanted = parse_query(query)
    except Refused:
        return
    spans = find_spans(wanted, text)
    if matches(wanted, text):
        assert spans or not wanted.wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [("see https://example.org", True), ("HTTP://x.y", True), ("www.example.org", True), ("www. http:// x.www", False)],
)
def test_a_link_is_known(text: str, expected: bool) -> None:
    """By its scheme, or by its first letters."""
    assert has_link(text) is expected


def test_the_better_text_has_more_points() -> None:
    """A word is more than a part, its beginning more than its middle, often more than once, short more than long."""
    query = parse_query("tea")
    ranked = ["tea", "the tea", "teapot", "steam", "steam " + "or " * 50, "milk"]
    points = [score(query, text) for text in ranked]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == len(points)
    assert score(query, "tea and tea") > score(query, "tea and cat")
