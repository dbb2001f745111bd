"""Search queries: what they mean, and what is said about those that mean nothing."""

import pytest
from hypothesis import given

from hubbub.core.kinds import Refused
from hubbub.core.search.query import QUERY_LIMIT, TERMS_LIMIT, Piece, SearchQuery, Term, parse_query
from tests.core.search.texts import any_text
from tests.fuzz.budget import QUICK

DAY_MS = 24 * 60 * 60 * 1_000
NOVEMBER_25 = 20_782 * DAY_MS


def words(*texts: str) -> Term:
    """Return the term that is these words, in this order."""
    return Term(tuple(map(Piece, texts)))


def part(text: str) -> Term:
    """Return the term that is a part of a word."""
    return Term((Piece(text, "part"),))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("tea", SearchQuery((part("tea"),))),
        ("ok", SearchQuery((words("ok"),))),
        ("Hot TEA", SearchQuery((part("hot"), part("tea")))),
        ('"hot tea"', SearchQuery((words("hot", "tea"),))),
        ("“hot tea”", SearchQuery((words("hot", "tea"),))),
        ('"tea"', SearchQuery((words("tea"),))),
        ("foo_bar", SearchQuery((words("foo", "bar"),))),
        ("tea -milk", SearchQuery((part("tea"),), (part("milk"),))),
        ('-"hot milk"', SearchQuery((), (words("hot", "milk"),))),
        ("日本", SearchQuery((words("日本"),))),
        ("日本語", SearchQuery((words("日本", "本語"),))),
        ("語", SearchQuery((Term((Piece("語", "beginning"),)),))),
        ("使用iphone", SearchQuery((words("使用", "用", "iphone"),))),
        ("from:ann", SearchQuery(authors=("ann",))),
        ("FROM:ann from:bob", SearchQuery(authors=("ann", "bob"))),
        ('from:"ann" in:#tea in:@bob', SearchQuery(authors=("ann",), places=("#tea", "@bob"))),
        ("before:2026-11-25", SearchQuery(before_ms=NOVEMBER_25)),
        ("after:2026-11-25", SearchQuery(since_ms=NOVEMBER_25 + DAY_MS)),
        ("before:2027-1-1 before:2026-11-25", SearchQuery(before_ms=NOVEMBER_25)),
        ("after:2026-11-25 after:2026-1-1", SearchQuery(since_ms=NOVEMBER_25 + DAY_MS)),
        ("has:link has:file is:pinned", SearchQuery(has_link=True, has_file=True, is_pinned=True)),
        ("tea order:best", SearchQuery((part("tea"),), order="best")),
        ("tea order:newest", SearchQuery((part("tea"),), order="newest")),
        ("https://example.org", SearchQuery((words("https", "example", "org"),))),
        ("c++ and tea", SearchQuery((words("c"), part("and"), part("tea")))),
        ("tea ... -", SearchQuery((part("tea"),))),
        ("teatime:5", SearchQuery((words("teatime", "5"),))),
    ],
)
def test_a_query_means_something(text: str, query: SearchQuery) -> None:
    """Words, phrases and filters, in any order."""
    assert parse_query(text) == query


@pytest.mark.parametrize(
    ("text", "part_of_sentence"),
    [
        ("", "Write what to look for"),
        ("  \n ", "Write what to look for"),
        ("from:", "right behind from:"),
        ("from: ann", "right behind from:"),
        ('from:""', "right behind from:"),
        ("in:", "right behind in:"),
        ("before:", "right behind before:"),
        ("after:", "right behind after:"),
        ("has:", "right behind has:"),
        ("is:", "right behind is:"),
        ("order:", "right behind order:"),
        ("before:yesterday", "yesterday is no day"),
        ("after:2026-02-30", "2026-02-30 is no day"),
        ("after:0000-01-01", "is no day"),
        ("after:20261125", "is no day"),
        ("has:teeth", "not has:teeth"),
        ("is:good", "not is:good"),
        ("order:random", "not order:random"),
        ("-from:ann", "-from: is neither"),
        ('tea "hot milk', "not closed"),
        ('"', "not closed"),
        ("!?", "no letter and no digit"),
        ('"..."', "no letter and no digit"),
        ("- -", "no letter and no digit"),
        ("🙂 order:best", "no letter and no digit"),
        ("a " * (TERMS_LIMIT + 1), f"has {TERMS_LIMIT + 1} words"),
        ("tea " * 10_000, "has 40000 characters"),
        ("a" * (QUERY_LIMIT + 1), f"{QUERY_LIMIT} is the most"),
    ],
)
def test_what_means_nothing_is_refused(text: str, part_of_sentence: str) -> None:
    """In a sentence that says what is wrong and what to do."""
    with pytest.raises(Refused) as refused:
        parse_query(text)
    assert refused.value.refusal.code == "bad_query"
    assert part_of_sentence in refused.value.refusal.sentence


@QUICK
@given(any_text())
def test_any_query_is_understood_or_refused(text: str) -> None:
    """Whatever is typed; what is understood looks for something."""
    try:
        query = parse_query(text)
    except Refused:
        return
    assert query != SearchQuery()
    assert all(term.pieces for term in query.wanted + query.unwanted)
