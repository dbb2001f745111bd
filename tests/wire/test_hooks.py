"""What programs send to a webhook, and what of it is understood."""

import contextlib
import json
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.hooks import FORM_TYPE, JSON_TYPE, HookMessage, SlackMessage, UnfitPost, parse_post
from tests.fuzz.budget import QUICK


def post(value: object, *, is_slack: bool = False) -> HookMessage:
    """Return what is understood of JSON."""
    return parse_post(JSON_TYPE, json.dumps(value).encode(), is_slack=is_slack)


def section(text: str, kind: str = "mrkdwn", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever Slack says
    """Return a block of Slack's."""
    return {"type": "section", "text": {"type": kind, "text": text}, **more}


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/plain", b"hello", "hello"),
        ("text/plain; charset=utf-8", "grüß".encode(), "grüß"),
        ('TEXT/markdown; x=y; Charset="ISO-8859-1"', "grüß".encode("latin-1"), "grüß"),
        ("", b"hello", "hello"),
        ("", b' {"text":"hello"}', "hello"),
        ("text/plain", b'{"text":"hello"}', '{"text":"hello"}'),
        ("application/json; charset=utf-8", b'{"text":"hello"}', "hello"),
        ("application/vnd.ci+json", b'{"text":"hello"}', "hello"),
        # What curl says of everything
        (FORM_TYPE, b"build ok & done: 100%", "build ok & done: 100%"),
        (FORM_TYPE, b'{"text":"hello"}', "hello"),
        (FORM_TYPE, b"text=a+b%26c", "a b&c"),
        (FORM_TYPE, b"&" * 100, "&" * 100),
    ],
)
def test_a_text_in_every_shape(content_type: str, body: bytes, text: str) -> None:
    """However a program sends it, and whatever it calls that."""
    assert parse_post(content_type, body) == HookMessage(text)


def test_our_own_json() -> None:
    """Every field; what is not known is ignored, and nothing of Slack's markup means anything."""
    own = {"text": "*a* <b>", "name": "ci", "manner": "notice", "reply_to": "4-8", "nonce": "n", "more": [1]}
    assert post(own) == HookMessage("*a* <b>", "ci", "notice", "4-8", "n")


SLACK: Final[list[tuple[dict[str, Any], str]]] = [
    ({"text": "*done* <https://a.b|here> &lt;3 :tada:", "username": "ci"}, "**done** [here](https://a.b) <3 🎉"),
    ({"text": "*done*", "mrkdwn": False, "username": "ci"}, "*done*"),
    ({"text": "instead", "blocks": [section("*shown*")]}, "**shown**"),
    ({"text": "shown", "blocks": []}, "shown"),
    ({"text": "shown", "blocks": [{"type": "divider"}, {"type": "rich_text", "elements": [{"type": "x"}]}]}, "shown"),
    ({"blocks": [section("*not*", "plain_text")]}, "*not*"),
    ({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Head"}}]}, "**Head**"),
    ({"blocks": [section("a", fields=[{"type": "mrkdwn", "text": "*k*"}, None])]}, "a\n**k**"),
    (
        {
            "blocks": [
                {
                    "type": "context",
                    "elements": [
                        {"type": "image", "image_url": "https://a.b/c.png", "alt_text": "pic"},
                        {"type": "mrkdwn", "text": "_by_ ann"},
                    ],
                }
            ]
        },
        "pic · _by_ ann",
    ),
    ({"blocks": [{"type": "image", "image_url": "https://a.b/c", "alt_text": "pic"}]}, "pic https://a.b/c"),
    (
        {
            "attachments": [
                {
                    "fallback": "not shown",
                    "pretext": "Build",
                    "title": "#7",
                    "title_link": "https://ci.b/7",
                    "text": "*failed*",
                    "fields": [{"title": "Branch", "value": "main", "short": True}, {"title": "Try", "value": 3}],
                    "color": "danger",
                },
                {"fallback": "shown"},
                {"title": "odd", "title_link": "javascript:alert(1)"},
                {"title": "odd", "title_link": "https://a.b|x>"},
                None,
            ]
        },
        "Build\n[#7](https://ci.b/7)\n**failed**\n**Branch:** main\n**Try:** 3\nshown\nodd\nodd",
    ),
    ({"text": "above", "attachments": [{"blocks": [section("below")]}]}, "above\nbelow"),
    ({"username": "ci"}, ""),
]
"""What programs send to Slack, and what is said of it here."""


@pytest.mark.parametrize(("sent", "text"), SLACK, ids=lambda value: str(value)[:50])
def test_what_is_meant_for_slack(sent: dict[str, Any], text: str) -> None:
    """As JSON, and in the form in which old programs send it."""
    expected = SlackMessage(text, sent.get("username", ""))
    assert post(sent) == expected
    assert parse_post(FORM_TYPE, urlencode({"payload": json.dumps(sent)}).encode()) == expected


def test_an_address_for_slack() -> None:
    """There, what could be ours as well is read as Slack would, too."""
    assert post({"text": "*a*"}) == HookMessage("*a*")
    assert post({"text": "*a*"}, is_slack=True) == SlackMessage("**a**")
    assert parse_post("text/plain", b"*a*", is_slack=True).text == "**a**"
    assert parse_post(FORM_TYPE, b"text=*a*", is_slack=True).text == "**a**"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (JSON_TYPE, b""),
        (JSON_TYPE, b"{"),
        (JSON_TYPE, b"[]"),
        (JSON_TYPE, b"null"),
        (JSON_TYPE, b"{}"),
        (JSON_TYPE, b'{"text":null}'),
        (JSON_TYPE, b'{"text":7}'),
        (JSON_TYPE, b'{"text":"\xff"}'),
        (JSON_TYPE, b'{"text":"a","manner":"shout"}'),
        (JSON_TYPE, b'{"text":"a","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        (JSON_TYPE, b'{"blocks":' + b'[{"elements":' * 50_000),
        (JSON_TYPE, b'{"blocks":{"a":1}}'),
        (JSON_TYPE, b'{"blocks":[{"type":"context","elements":[7]}]}'),
        (JSON_TYPE, b'{"attachments":[7]}'),
        (FORM_TYPE, b"payload="),
        (FORM_TYPE, b"payload=hello"),
        (FORM_TYPE, b"\xff"),
        ("text/plain", b"\xff"),
        ("text/plain; charset=us-ascii", b"\xc3\xbc"),
        ("text/plain; charset=zlib", b"x"),
        ("text/plain; charset=punycode", b"x" * 1_000),
        ("text/plain; charset=utf-7", b"+AAAA-"),
        ("image/png", b"\x89PNG"),
        ("multipart/form-data; boundary=x", b"--x"),
    ],
)
def test_what_means_nothing(content_type: str, body: bytes) -> None:
    """It is told in a sentence, which repeats nothing of it that could be long."""
    with pytest.raises(UnfitPost) as unfit:
        parse_post(content_type, body)
    assert str(unfit.value).endswith(".")
    assert len(str(unfit.value)) < 200


def test_only_so_much_of_it_is_read() -> None:
    """Many blocks cost no more than a few hundred."""
    sent = {"blocks": [section("a") for _ in range(5_000)], "attachments": [{"text": "b"}] * 5_000}
    assert len(post(sent).text) < 1_000


_JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("<>*`~:|@#!&ab", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "type", "blocks", "fields", "elements", "attachments"]), inner)
    ),
    max_leaves=12,
)


@given(value=_JSON, form=st.booleans())
@QUICK
def test_anything_is_understood_or_refused(value: object, form: bool) -> None:
    """Whatever JSON it is."""
    body = json.dumps({"blocks": [value], "attachments": [value], "text": "x"}).encode()
    try:
        message = parse_post(FORM_TYPE, urlencode({"payload": body}).encode()) if form else parse_post(JSON_TYPE, body)
    except UnfitPost:
        return
    assert isinstance(message.text, str)


@given(st.binary(max_size=200), st.sampled_from([JSON_TYPE, FORM_TYPE, "text/plain", "", "text/plain; charset=ascii"]))
@QUICK
def test_any_bytes_are_understood_or_refused(body: bytes, content_type: str) -> None:
    """And nothing else happens."""
    with contextlib.suppress(UnfitPost):
        assert isinstance(parse_post(content_type, body), HookMessage)
