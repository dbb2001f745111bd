"""Answers to browsers: two pages, safe whatever is asked, and the same for everybody who asks the same."""

import http.client
import io
import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html.parser import HTMLParser
from typing import Final, Self

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.gateways.http.answering import answer_request
from hubbub.gateways.http.head import HEAD_BYTES
from tests.fuzz.budget import QUICK

CODE: Final = "7K3M-9Q2X-0ZTB-4V8N"
HOST: Final = "chat.example.org:4242"

TAGS: Final = {
    *("html", "meta", "title", "style", "main", "h1", "p", "ol", "li", "dl", "dt", "dd", "pre", "code", "var"),
    *("strong", "small"),
}
"""What pages are made of."""
ATTRIBUTES: Final = {"lang", "charset", "name", "content"}

WORDS: Final = (
    *(
        b"GET",
        b"HEAD",
        b"POST",
        b" ",
        b"/",
        b"/invite/",
        b"HTTP/1.1",
        b"HTTP/1.0",
        b"HTTP/2.0",
        b"\r\n",
        b"\n",
        b"\r\n\r\n",
    ),
    *(b"Host: ", b"host:", b"chat.example.org", b":4242", b":0", b":99999", b"127.0.0.1", b"[::1]", b"[fe80::1%eth0]"),
    *(b"http://", b"https://", b"?", b"#", b"@", b"..", b"-oProxy", b"%0d%0a", b"\0", b"\x1b[31m", b"\xff", b"\r"),
    *(
        b"<script>alert(1)</script>",
        b'"><img src=x>',
        b"&amp;",
        b"'",
        b"`id`",
        b"$(id)",
        b";reboot",
        CODE.encode(),
        b"7K3M",
    ),
)


class Received(io.BytesIO):
    """Bytes that `http.client` takes for a socket."""

    def makefile(self, _mode: str) -> Self:
        """Return what can be read."""
        return self


class Reading(HTMLParser):
    """Reads a page as a browser does: its tags, their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self._is_style = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        self._is_style = tag == "style"
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note what is shown."""
        if not self._is_style:
            self.text += data


def read(answer: bytes, method: str = "GET") -> tuple[http.client.HTTPResponse, Reading]:
    """Understand an answer as a program does, down to its last byte."""
    response = http.client.HTTPResponse(Received(answer), method=method)  # type: ignore[arg-type]
    response.begin()
    length = int(response.headers["Content-Length"])
    body = response.read().decode()
    assert response.will_close
    assert len(answer.partition(b"\r\n\r\n")[2]) == (0 if method == "HEAD" else length)
    return response, Reading(body)


def ask(path: str, *fields: str, method: str = "GET", is_encrypted: bool = False) -> tuple[int, str]:
    """Return the status and the text of what is answered."""
    head = "\r\n".join([f"{method} {path} HTTP/1.1", *fields, "", ""]).encode()
    response, page = read(answer_request(head, is_encrypted=is_encrypted), method)
    return response.status, page.text


def test_the_front_page_says_how_to_join() -> None:
    """With the very address that was asked for, ready to be copied."""
    status, text = ask("/", f"Host: {HOST}")
    assert status == 200
    for line in ("nc chat.example.org 4242", "telnet chat.example.org 4242", f"s_client -quiet -connect {HOST}"):
        assert line in text


@pytest.mark.parametrize("path", [f"/invite/{CODE}", f"/invite/{CODE.lower()}?fbclid=x#y", "/invite/7k3m9q2xoztb4v8n."])
def test_an_invitation_says_what_to_type(path: str) -> None:
    """Over TLS, for passwords are refused otherwise; however the link was mangled on its way."""
    status, text = ask(path, f"Host: {HOST}")
    assert status == 200
    assert "You are invited" in text
    assert f"openssl s_client -quiet -connect {HOST}" in text
    assert f"/register NAME PASSWORD {CODE}" in text
    assert "nc chat.example.org 4242" not in text


@pytest.mark.parametrize("host", ["localhost:4242", "127.0.0.1:4242", "127.9.9.9:4242", "[::1]:4242"])
def test_on_the_server_s_own_machine_netcat_will_do(host: str) -> None:
    """Nobody is on the way who could read along."""
    name, _, port = host.rpartition(":")
    _, text = ask(f"/invite/{CODE}", f"Host: {host}")
    assert f"nc {name.strip('[]')} {port}" in text
    assert "openssl" not in text


@pytest.mark.parametrize(("is_encrypted", "port"), [(False, 80), (True, 443)])
def test_an_address_without_a_port_has_the_usual_one(is_encrypted: bool, port: int) -> None:
    """Browsers leave it out."""
    assert f"nc chat.example.org {port}" in ask("/", "Host: Chat.Example.org", is_encrypted=is_encrypted)[1]


def test_a_proxy_names_the_server_before_the_path() -> None:
    """Then the address in the request line counts, whatever the field says."""
    assert "nc chat.example.org 4242" in ask(f"http://{HOST}/", "Host: proxy.example.org")[1]
    assert "nc chat.example.org 4242" in ask(f"http://{HOST}", "Host: proxy.example.org")[1]


@pytest.mark.parametrize(
    "fields",
    [
        *(
            [],
            ["Host:"],
            [f"Host: {HOST}", f"Host: {HOST}"],
            ["Host: chat.example.org:0"],
            ["Host: chat.example.org:65536"],
        ),
        *(["Host: <b>x</b>"], ["Host: -e.example.org"], ["Host: a b"], ["Host: user@chat.example.org"], ["Host: a_b"]),
        *(
            ["Host: 1.2.3.999"],
            ["Host: [::1"],
            ["Host: [::1%25eth0]"],
            ["Host: [1:2]"],
            ["Host: a..b"],
            ["Host: $(id)"],
        ),
        *(["Host: " + "x" * 64], ["Host: " + "x." * 130 + "x"], ["Host: é.example.org"], ["Host: chat.example.org:٤"]),
    ],
    ids=repr,
)
def test_an_address_that_is_none_is_not_shown(fields: Sequence[str]) -> None:
    """Anybody may write anything there; the reader puts in what he knows."""
    for path in ("/", f"/invite/{CODE}"):
        status, text = ask(path, *fields)
        assert status == 200
        assert "-connect HOST:PORT" in text
        for field in fields:
            value = field.removeprefix("Host: ")
            assert value == "Host:" or value not in text


@pytest.mark.parametrize(
    "path", ["/favicon.ico", "/invite", "/invite/", f"/invite/{CODE}N", "/invite/..", "//", "/x" * 2_000]
)
def test_there_are_no_other_pages(path: str) -> None:
    """What was asked for is not repeated."""
    status, text = ask(path, f"Host: {HOST}")
    assert status == 404
    assert path.strip("/") not in text.replace("invite", "").replace("Not an invitation", "") or not path.strip("/")


@pytest.mark.parametrize("path", ["/", f"/invite/{CODE}", "/nothing"])
def test_a_head_alone_has_no_body(path: str) -> None:
    """It is told how long the page would be, and everything else about it."""
    asked = f"{{}} {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
    whole = answer_request(asked.format("GET").encode(), is_encrypted=False)
    head = answer_request(asked.format("HEAD").encode(), is_encrypted=False)
    assert head == whole[: whole.index(b"\r\n\r\n") + 4]
    assert ask(path, method="HEAD")[1] == ""


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "CONNECT", "get", "X"])
def test_pages_can_only_be_read(method: str) -> None:
    """Whoever wants something else is told what there is."""
    answer = answer_request(f"{method} * HTTP/1.1\r\nHost: x\r\n\r\n".encode(), is_encrypted=False)
    response, _ = read(answer, method)
    assert response.status == 405
    assert response.headers["Allow"] == "GET, HEAD"


MALFORMED: Final = (
    *(b"", b"GET", b"GET / HTTP/1.1", b"GET / HTTP/1.1\r\n", b"GET /\r\n\r\n", b"GET  / HTTP/1.1\r\n\r\n", b"\r\n\r\n"),
    *(
        b"GET / HTTP/1.1 \r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET / HTTP/x\n\n",
    ),
    *(b"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", b"GET / HTTP/1.1\r\n:x\r\n\r\n", b"GET / HTTP/1.1\r\nA: \0\r\n\r\n"),
    b"GET / HTTP/1.1\r\nA: b\rHost: x\r\n\r\n",
)


@pytest.mark.parametrize("head", MALFORMED)
def test_what_is_no_request_is_refused(head: bytes) -> None:
    """In a way that whoever sent it can understand."""
    assert read(answer_request(head, is_encrypted=False))[0].status == 400


def test_other_versions_are_refused() -> None:
    """HTTP/2 begins with a preface that old servers can answer. RFC 9113 section 3.4."""
    answer = answer_request(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", is_encrypted=False)
    assert read(answer)[0].status == 505


def test_people_may_type_a_request() -> None:
    """Their lines end in one byte, and they know no fields."""
    assert read(answer_request(b"GET / HTTP/1.0\n\n", is_encrypted=False))[0].status == 200


def test_a_long_field_takes_no_time() -> None:
    """No pattern looks at the same bytes again and again; this would take minutes if one did."""
    for long in (b" " * HEAD_BYTES + b"x", b"a." * (HEAD_BYTES // 2) + b"!", b"x" * HEAD_BYTES):
        answer_request(b"GET / HTTP/1.1\r\nHost: " + long + b"\r\n\r\n", is_encrypted=False)
        answer_request(b"GET /" + long.strip() + b" HTTP/1.1\r\n\r\n", is_encrypted=False)


REQUESTS: Final = st.lists(st.sampled_from(WORDS) | st.binary(max_size=6), max_size=12).map(b"".join)
HEADS: Final = st.builds(
    lambda path, host: b"GET /" + path + b" HTTP/1.1\r\nHost: " + host + b"\r\n\r\n", REQUESTS, REQUESTS
)


@QUICK
@given(REQUESTS | HEADS, st.booleans())
@example(b"GET /invite/<script> HTTP/1.1\r\nHost: <script>\r\n\r\n", False)
@example(f"GET /invite/{CODE} HTTP/1.1\r\nHost: [::1]\r\n\r\n".encode(), True)
def test_any_bytes_have_a_well_formed_answer(data: bytes, is_encrypted: bool) -> None:
    """It is understood to its end, has nothing in it but our own tags, and no control characters at all."""
    answer = answer_request(data, is_encrypted=is_encrypted)
    method = "HEAD" if data.startswith(b"HEAD ") and answer.endswith(b"\r\n\r\n") else "GET"
    response, page = read(answer, method)
    assert response.status in {200, 400, 404, 405, 505}
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    assert not re.search(r"[^\n\x20-\x7e\u2019]", page.text)
    assert b"<!doctype html>" in answer or method == "HEAD"
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"):
        assert response.headers.get_all(name) == [response.headers[name]]


def test_nothing_may_be_loaded_or_told() -> None:
    """The page can do nothing, and its address, which holds a code, goes nowhere."""
    answer = answer_request(f"GET /invite/{CODE} HTTP/1.1\r\n\r\n".encode(), is_encrypted=False)
    response, page = read(answer)
    style = answer.partition(b"<style>")[2].partition(b"</style>")[0]
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style).digest()).decode()}'; ")
    assert "unsafe" not in policy
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert not {"script", "img", "link", "a", "form"} & page.tags
