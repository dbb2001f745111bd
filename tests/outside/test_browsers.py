"""Programs that speak HTTP, in clear text and over TLS: what they are shown on the one port of a real server."""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final, Protocol

import pytest

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.raw import PATIENCE_SECONDS
from tests.outside.test_accounts import PASSWORD
from tests.outside.test_admin import admin
from tests.outside.waiting import eventually
from tests.seeds.client import Address

PATIENT: Final = {**UNHURRIED, "limits.detect_seconds": "86400", "people.access": "invited"}


class Browse(Protocol):
    """Connect to an address; closed after the test."""

    def __call__(self, address: Address, *, encrypted: bool) -> http.client.HTTPConnection:
        """Give the connection."""


@pytest.fixture(scope="module")
def server(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server for people who were invited."""
    return start_shared_server("127.0.0.1:0", settings=PATIENT)


@pytest.fixture
def browse() -> Iterator[Browse]:
    """Make connections that ask as Python's own client does, and close them after the test."""
    with ExitStack() as opened:

        def connect_to(address: Address, *, encrypted: bool) -> http.client.HTTPConnection:
            browser = _browse(address, encrypted=encrypted)
            opened.callback(browser.close)
            return browser

        yield connect_to


def _browse(address: Address, *, encrypted: bool) -> http.client.HTTPConnection:
    if not encrypted:
        return http.client.HTTPConnection(*address, timeout=PATIENCE_SECONDS)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection(*address, timeout=PATIENCE_SECONDS, context=context)


@pytest.mark.parametrize("encrypted", [False, True], ids=["clear", "TLS"])
def test_pages_are_read(encrypted: bool, server: ConfinedServer, browse: Browse) -> None:
    """One after the other, on one connection."""
    browser = browse(server.address(), encrypted=encrypted)
    for method, path, status, words in (
        ("GET", "/join", 200, f"nc 127.0.0.1 {server.address().port}"),
        (
            "GET",
            "/join/7K3M-9Q2X-0ZTB-4V8N",
            200,
            "/register <var>NAME</var> <var>PASSWORD</var> 7K3M-9Q2X-0ZTB-4V8N",
        ),
        ("HEAD", "/", 200, ""),
        ("GET", "/favicon.ico", 404, "nothing here"),
        ("DELETE", "/", 405, "cannot be done here"),
    ):
        browser.request(method, path)
        response = browser.getresponse()
        assert response.status == status
        assert not response.will_close
        assert words in response.read().decode()


@pytest.mark.parametrize("encrypted", [False, True], ids=["clear", "TLS"])
@pytest.mark.parametrize("body", [b"x" * 10, b"x" * 10_000])
def test_a_body_is_no_obstacle(body: bytes, encrypted: bool, server: ConfinedServer, browse: Browse) -> None:
    """What comes with a request that is refused does not keep the answer from arriving."""
    browser = browse(server.address(), encrypted=encrypted)
    browser.request("POST", "/", body)
    assert browser.getresponse().status == 405


def test_what_the_page_says_works(server: ConfinedServer, connect: Connect, browse: Browse) -> None:
    """Reading the page ten times does not use the invitation up; typing its line does."""
    code = admin(server.data, "invite").splitlines()[0]
    for _ in range(10):
        browser = browse(server.address(), encrypted=False)
        browser.request("GET", f"/join/{code}")
        assert f"PASSWORD</var> {code}" in browser.getresponse().read().decode()
    for name, heard in (("ann", b"assigned the username 'ann'"), ("bob", b"That code is not known here, is used up")):
        client = connect(server.address())
        client.encrypt()
        client.send(f"/register {name} {PASSWORD} {code}\n".encode())
        client.hear(heard)
    assert code not in server.log_text


@pytest.mark.parametrize("encrypted", [False, True], ids=["clear", "TLS"])
def test_who_does_not_finish_is_not_waited_for(encrypted: bool, start_server: StartServer, connect: Connect) -> None:
    """Half a request is told so after a while, and holds no place any more."""
    server = start_server("127.0.0.1:0", settings={**PATIENT, "limits.naming_seconds": "0.05"})
    slow = connect(server.address())
    if encrypted:
        slow.encrypt()
    slow.send(b"GET / HTTP/1.1\r\nHost: x\r\n")
    assert slow.hear_rest().startswith(b"HTTP/1.1 408 ")
    eventually(lambda: '"reason":"unfinished"' in server.log_text)


def test_a_member_is_told_a_link(start_server: StartServer, connect: Connect, browse: Browse) -> None:
    """It begins as the operator says, leads to the client, and tells the same code; so does the page without it."""
    server = start_server("127.0.0.1:0", settings={**UNHURRIED, "public_url": "https://chat.example.org"})
    ann = connect(server.address(), f"/register ann {PASSWORD}\n/invitation new\n".encode())
    ann.hear(b"https://chat.example.org")
    path = ann.hear(b"\n").decode().strip()
    browser = browse(server.address(), encrypted=True)
    browser.request("GET", path.replace("/invite/", "/join/"), headers={"Host": "chat.example.org"})
    page = browser.getresponse().read().decode()
    assert "openssl s_client -quiet -connect chat.example.org:443" in page
    assert f"PASSWORD</var> {path.removeprefix('/invite/')}<" in page
