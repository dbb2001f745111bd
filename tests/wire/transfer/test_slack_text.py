"""Slack's markup, made readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.transfer.slack_text import SlackText

TEXT = SlackText({"U1": "ann", "U2": ""}, {"C1": "#tea"})

CASES = [
    ("hi <@U1>", "hi @ann"),
    ("<@U9>", "@U9"),
    ("<@U9|carol>", "@carol"),
    ("<@U2|bob>", "@bob"),
    ("see <#C1|old-name> and <#C9|cake>, <#C8>", "see #tea and #cake, #C8"),
    ("<!here> <!channel> <!subteam^S1|@cooks> <!subteam^S2>", "@here @channel @cooks @subteam"),
    ("<!date^1392734382^{date}|yesterday>", "yesterday"),
    ("<https://a.example/?b=1&amp;c=2>", "https://a.example/?b=1&c=2"),
    ("<https://a.example|a.example>", "https://a.example"),
    ("<https://a.example|the [list]>", r"[the \[list\]](https://a.example)"),
    ("<mailto:a@b.example|a@b.example>", "a@b.example"),
    ("<mailto:a@b.example|write>", "[write](mailto:a@b.example)"),
    ("1 &lt; 2 &amp;&amp; 3 &gt; 2, &amp;lt;", "1 < 2 && 3 > 2, &lt;"),
    ("*bold* and ~gone~, _thin_", "**bold** and ~~gone~~, _thin_"),
    ("2*3*4 * 5", "2*3*4 * 5"),
    ("`*p &lt; <@U1>` *b*", "`*p < @ann` **b**"),
    ("```\n*a* :+1: <http://x.example|x.example>\n```", "```\n*a* :+1: x.example\n```"),
    (":+1: :thumbsup::skin-tone-3: :ourlogo: 12:30:45", "👍 👍🏼 :ourlogo: 12:30:45"),
]
"""What stands in the archive, and what is read."""


@pytest.mark.parametrize(("written", "read"), CASES)
def test_what_is_read(written: str, read: str) -> None:
    """Mentions, links, escapes, emphasis and emoji become what a person would have typed."""
    assert TEXT.read(written) == read


@given(st.text(st.sampled_from("<>@#!|*~`:&lt;amp U1C\n"), max_size=60))
def test_any_text_is_read(text: str) -> None:
    """Whatever people have typed, nothing is raised."""
    TEXT.read(text)


def test_long_texts_are_read_at_once() -> None:
    """No text takes long: each character is looked at a few times only."""
    for piece in ("<", "*a ", "`", "```", ":a", "~", "<@", "* "):
        TEXT.read(piece * 20_000)
