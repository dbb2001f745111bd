"""Pages for browsers: safe whatever is asked, and the same for everybody who asks the same."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.gateways.http.pages import front_page, invitation_page
from hubbub.gateways.http.place import HTTP_PORT, parse_place
from tests.fuzz.budget import QUICK
from tests.gateways.http.asking import HOST, asking

CODE: Final = "7K3M-9Q2X-0ZTB-4V8N"

TAGS: Final = {
    *("html", "meta", "link", "title", "style", "main", "h1", "p", "ol", "li", "dl", "dt", "dd", "pre", "code", "var"),
    *("strong", "small", "a"),
}
"""What pages are made of."""
ATTRIBUTES: Final = {"lang", "charset", "name", "content", "href", "rel"}
ICON: Final = {"rel": "icon", "href": "/icon.svg"}
"""The only thing that a page loads."""

WORDS: Final = (
    *("chat.example.org", ":4242", ":0", ":99999", "127.0.0.1", "[::1]", "[fe80::1%eth0]", "-oProxy", "@", "..", "%0d"),
    *("<script>alert(1)</script>", '"><img src=x>', "&amp;", "'", "`id`", "$(id)", ";reboot", "\x1b[31m", "\r\n", "é"),
)


class Reading(HTMLParser):
    """Reads a page as a browser does: its tags, their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str | None] = set()
        self.loaded: list[dict[str, str | None]] = []
        self.text = ""
        self._is_style = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        self._is_style = tag == "style"
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "link":
            self.loaded.append(dict(attrs))
        else:
            self.links |= {value for name, value in attrs if name == "href"}

    def handle_data(self, data: str) -> None:
        """Note what is shown."""
        if not self._is_style:
            self.text += data


async def read(path: str, host: str = HOST, *, is_encrypted: bool = False) -> tuple[int, str]:
    """Return the status and the text of what is answered."""
    async with asking(is_encrypted=is_encrypted) as asker:
        response = await asker.ask(path, host)
        return response.status_code, Reading(response.text).text


async def test_the_front_page_says_how_to_join() -> None:
    """With the very address that was asked for, ready to be copied."""
    status, text = await read("/")
    assert status == 200
    for line in ("nc chat.example.org 4242", "telnet chat.example.org 4242", f"s_client -quiet -connect {HOST}"):
        assert line in text
    assert "irssi -c chat.example.org -p 4242" in text


def test_the_front_page_speaks_of_ssh_where_it_is_spoken() -> None:
    """Not everybody has what it takes installed."""
    place = parse_place(HOST, HTTP_PORT)
    with_it = front_page(place, has_client=True, speaks_ssh=True).encode()
    assert b"ssh -p 4242 chat.example.org" in with_it
    assert b"ssh" not in front_page(place, has_client=True, speaks_ssh=False).encode()


@pytest.mark.parametrize("path", [f"/invite/{CODE}", f"/invite/{CODE.lower()}?fbclid=x", "/invite/7k3m9q2xoztb4v8n."])
async def test_an_invitation_says_what_to_type(path: str) -> None:
    """Over TLS, for passwords are refused otherwise; however the link was mangled on its way."""
    status, text = await read(path)
    assert status == 200
    assert "You are invited" in text
    assert f"openssl s_client -quiet -connect {HOST}" in text
    assert f"/register NAME PASSWORD {CODE}" in text
    assert "nc chat.example.org 4242" not in text


@pytest.mark.parametrize("host", ["localhost:4242", "127.0.0.1:4242", "127.9.9.9:4242", "[::1]:4242"])
async def test_on_the_server_s_own_machine_netcat_will_do(host: str) -> None:
    """Nobody is on the way who could read along."""
    name, _, port = host.rpartition(":")
    _, text = await read(f"/invite/{CODE}", host)
    assert f"nc {name.strip('[]')} {port}" in text
    assert "openssl" not in text


@pytest.mark.parametrize(("is_encrypted", "port"), [(False, 80), (True, 443)])
async def test_an_address_without_a_port_has_the_usual_one(is_encrypted: bool, port: int) -> None:
    """Browsers leave it out."""
    _, text = await read("/", "Chat.Example.org", is_encrypted=is_encrypted)
    assert f"nc chat.example.org {port}" in text


@pytest.mark.parametrize(
    "host",
    [
        *("", "chat.example.org:0", "chat.example.org:65536", "<b>x</b>", "-e.example.org", "a b", "a_b", "1.2.3.999"),
        *("user@chat.example.org", "[::1", "[::1%25eth0]", "[1:2]", "a..b", "$(id)", "x" * 64, "x." * 130 + "x"),
    ],
)
async def test_an_address_that_is_none_is_not_shown(host: str) -> None:
    """Anybody may write anything there; the reader puts in what he knows."""
    for path in ("/", f"/invite/{CODE}"):
        status, text = await read(path, host)
        assert status == 200
        assert "-connect HOST:PORT" in text
        assert not host or host not in text


@pytest.mark.parametrize("path", ["/favicon.ico", "/invite", "/invite/", f"/invite/{CODE}N", "/x" * 2_000])
async def test_there_are_no_other_pages(path: str) -> None:
    """What was asked for is not repeated."""
    status, text = await read(path)
    assert status == 404
    assert path.removeprefix("/invite") in {"", "/"} or path not in text


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "DELETE", "TRACE", "X"])
async def test_pages_can_only_be_read(method: str) -> None:
    """Whoever wants something else is told what there is."""
    async with asking() as asker:
        response = await asker.ask("/", method=method)
    assert response.status_code == 405
    assert {*response.headers["Allow"].split(", ")} == {"GET", "HEAD"}


@pytest.mark.parametrize("path", ["/", f"/invite/{CODE}", "/nothing"])
async def test_nothing_may_be_loaded_or_told(path: str) -> None:
    """The page can do nothing but have an icon, and its address, which may hold a code, goes nowhere."""
    async with asking() as asker:
        response = await asker.ask(path)
    style = response.content.partition(b"<style>")[2].partition(b"</style>")[0]
    policy = response.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{b64encode(sha256(style).digest()).decode()}'; " in policy
    assert policy.startswith("default-src 'none'; ")
    assert "img-src 'self'; " in policy
    assert "unsafe" not in policy
    for name, value in {
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }.items():
        assert response.headers.get_list(name) == [value]
    reading = Reading(response.text)
    assert not {"script", "img", "form"} & reading.tags
    assert reading.loaded == [ICON]
    assert reading.links == ({"/api"} if path == "/" else set())


@QUICK
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=6).map("".join))
@example("<script>")
def test_any_address_makes_a_safe_page(authority: str) -> None:
    """It has nothing in it but our own tags, and no control characters at all."""
    place = parse_place(authority, HTTP_PORT)
    for page in (
        front_page(place, has_client=True, speaks_ssh=True),
        front_page(place, has_client=False, speaks_ssh=False),
        invitation_page(CODE, place, has_client=True),
        invitation_page(CODE, place, has_client=False),
    ):
        reading = Reading(page.encode().decode())
        assert reading.tags <= TAGS
        assert reading.attributes <= ATTRIBUTES
        assert reading.loaded == [ICON]
        assert reading.links <= {"/api", "/", f"/invite/{CODE}"}
        assert not re.search(r"[^\n\x20-\x7e\u2019]", reading.text)
