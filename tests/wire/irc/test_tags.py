"""Tags of IRC: keys and values, and what stands for the characters that may not stand in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.tags import encode_tags, escape_value, parse_tags, unescape_value
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("section", "tags"),
    [
        ("a=b;c=32;k;rt=ql7", {"a": "b", "c": "32", "k": "", "rt": "ql7"}),
        (r"a=b\\and\nk;c=72\s45;d=gh\:764", {"a": "b\\and\nk", "c": "72 45", "d": "gh;764"}),
        ("c;h=;a=b", {"c": "", "h": "", "a": "b"}),
        (r"foo=\\\\\:\\s\s\r\n", {"foo": "\\\\;\\s \r\n"}),
        (r"tag1=value\\ntest", {"tag1": r"value\ntest"}),
        (r"tag1=value\1", {"tag1": "value1"}),
        ("tag1=value1\\", {"tag1": "value1"}),
        ("tag1=1;tag2=3;tag3=4;tag1=5", {"tag1": "5", "tag2": "3", "tag3": "4"}),
        (
            "tag1=1;tag2=3;tag3=4;tag1=5;vendor/tag2=8",
            {"tag1": "5", "tag2": "3", "tag3": "4", "vendor/tag2": "8"},
        ),
    ],
)
def test_tags_mean_what_others_take_them_for(section: str, tags: dict[str, str]) -> None:
    """The vectors of https://github.com/ircdocs/parser-tests msg-split (CC0) that are about tags."""
    assert parse_tags(section) == tags


@pytest.mark.parametrize("section", ["", ";", "=x", ";;=;", "ü=1", "a\x02b=1", "+=1", "++a=1", "@a"])
def test_a_key_that_is_none_is_left_out(section: str) -> None:
    """It neither spoils its message nor reaches anybody else."""
    assert parse_tags(f"{section};k=v") == {"k": "v"}


@pytest.mark.parametrize("key", ["", "a b", "a;b", "a=b", "ü", "a\n", "+"])
def test_no_such_key_is_written(key: str) -> None:
    """It would be read as something else."""
    with pytest.raises(ValueError, match=r"\A"):
        encode_tags({key: "x"})


def test_a_value_that_is_empty_takes_no_byte() -> None:
    """Clients make no difference, and the limit counts every byte. ircdocs/parser-tests, msg-join."""
    assert encode_tags({"asd": "", "b": "c"}) == "asd;b=c"


def test_an_example_of_the_specification() -> None:
    """IRCv3 message-tags, Examples: what is escaped there, and nothing else."""
    raw, escaped = "raw+:=,escaped; \\", r"raw+:=,escaped\:\s\\"
    assert escape_value(raw) == escaped
    assert unescape_value(escaped) == raw


@QUICK
@given(st.text(st.sampled_from("a;: \r\n\\srnü👍=")))
def test_every_value_survives(value: str) -> None:
    """Escaped, it holds nothing that would end it, and it comes back as it was."""
    escaped = escape_value(value)
    assert not set(escaped) & set("; \r\n")
    assert unescape_value(escaped) == value
