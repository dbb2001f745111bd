"""Marks are read as docs/topics/markdown.md says, and what is none is text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.tui.marking import Look, Span, join_looks, read_marks
from hubbub.tui.visible import make_visible


def spans(text: str, me: str = "ann") -> list[tuple[str, Look]]:
    """Return the spans of a text of one line."""
    (line,) = read_marks(text, me)
    return [(span.text, span.look) for span in line.spans]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*tea*", [("tea", Look.ITALIC)]),
        ("_tea_", [("tea", Look.ITALIC)]),
        ("**tea**", [("tea", Look.BOLD)]),
        ("***tea***", [("tea", Look.BOLD | Look.ITALIC)]),
        ("**a *b* c**", [("a ", Look.BOLD), ("b", Look.BOLD | Look.ITALIC), (" c", Look.BOLD)]),
        ("~~tea~~", [("tea", Look.STRUCK)]),
        ("||tea||", [("tea", Look.HIDDEN)]),
        ("`*tea*`", [("*tea*", Look.CODE)]),
        ("``a`b``", [("a`b", Look.CODE)]),
        (r"\*tea\*", [("*tea*", Look.PLAIN)]),
        ("snake_case_name", [("snake_case_name", Look.PLAIN)]),
        ("a || b || c", [("a || b || c", Look.PLAIN)]),
        ("2 * 3 * 4", [("2 * 3 * 4", Look.PLAIN)]),
        ("*open", [("*open", Look.PLAIN)]),
        ("# tea", [("# tea", Look.PLAIN)]),
        ("@ann, hi", [("@ann", Look.CALLS_ME), (", hi", Look.PLAIN)]),
        ("@ANN", [("@ANN", Look.CALLS_ME)]),
        ("@room", [("@room", Look.CALLS_ME)]),
        ("@bob", [("@bob", Look.CALL)]),
        ("ann@example.org", [("ann@example.org", Look.PLAIN)]),
        ("`@ann`", [("@ann", Look.CODE)]),
        ("see #tea.", [("see ", Look.PLAIN), ("#tea", Look.ROOM), (".", Look.PLAIN)]),
    ],
)
def test_marks(written: str, shown: list[tuple[str, Look]]) -> None:
    """Each mark looks like what it means."""
    assert spans(written) == shown


def test_links() -> None:
    """A link leads where it says, without what the sentence puts behind it."""
    (line,) = read_marks(
        "(see https://a.example/b_(c).) [here](https://d.example) <https://e.example> [x](javascript:y)"
    )
    assert [span for span in line.spans if span.url] == [
        Span("https://a.example/b_(c)", Look.LINK, "https://a.example/b_(c)"),
        Span("here", Look.LINK, "https://d.example"),
        Span("https://e.example", Look.LINK, "https://e.example"),
    ]
    assert "javascript:y" in "".join(span.text for span in line.spans)


def test_blocks() -> None:
    """Code, quotes and lists are lines of a kind; the marks around code are not there."""
    lines = read_marks("```py\nx = *1*\n```\n> tea?\n- one\n12. two")
    assert [(line.kind, line.lead, "".join(span.text for span in line.spans)) for line in lines] == [
        ("code", "  ", "x = *1*"),
        ("quote", "▎ ", "tea?"),
        ("item", "• ", "one"),
        ("item", "12. ", "two"),
    ]


def test_plain_rooms_have_no_marks() -> None:
    """Where nothing is a mark, everything is shown as it was written."""
    assert read_marks("*a* `b`", is_plain=True)[0].spans == (Span("*a* `b`"),)


def test_too_many_marks_are_none() -> None:
    """A text with more marks than anybody sets is shown as it is."""
    text = "*a* `b` " * 300
    assert join_looks(read_marks(text)) is Look.PLAIN
    assert read_marks(text)[0].spans[0].text == text


@given(st.text("*_`~|\\[]()<>@#ab \n\x1b:/.https", max_size=80))
def test_nothing_is_invented(text: str) -> None:
    """Whatever is written, its characters are shown in their order, and none that it has not."""
    for line in read_marks(text, "ann"):
        shown = iter(make_visible(text))
        assert all(character in shown for span in line.spans for character in span.text)


@pytest.mark.parametrize("piece", ["*a **b ", "`a``b", "[a](", "<https://", "||a ", "@", "_a* "])
def test_a_long_text_is_read_in_time(piece: str) -> None:
    """No text of 16 KiB keeps its reader waiting: the worst of them takes tenths of what is allowed here."""
    text = (piece * 16_384)[:16_384]
    began = time.process_time()
    read_marks(text, "ann")
    assert time.process_time() - began < 5
