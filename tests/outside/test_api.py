"""The API of a real server: with clients of several kinds in one room, and with whatever schemathesis thinks of."""

from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode, openapi
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.raw import PATIENCE_SECONDS
from tests.outside.saying import words
from tests.outside.test_accounts import PASSWORD

Operation = APIOperation[Any, Any, Any, Any]
AnyCase = Case[Any]
"""What schemathesis leaves open."""

EXAMPLES: Final = 6
"""How often each operation is tried with something else: a few seconds in all."""


CHECKS: Final[list[CheckFunction]] = [
    *(not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
]


@pytest.fixture(scope="module")
def server(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server for all tests of this module."""
    return start_shared_server("127.0.0.1:0", settings=UNHURRIED)


@pytest.fixture
def browser(server: ConfinedServer) -> Iterator[httpx.Client]:
    """Connect as a browser does, over TLS, which says where its requests come from."""
    host, port = server.address()
    with httpx.Client(
        base_url=f"https://{host}:{port}",
        headers={"Origin": f"https://{host}:{port}"},
        verify=False,  # noqa: S501 - the certificate was made a moment ago
        timeout=PATIENCE_SECONDS,
    ) as client:
        yield client


def test_a_browser_and_a_terminal_talk(server: ConfinedServer, browser: httpx.Client, connect: Connect) -> None:
    """Whoever has logged in says something, on one connection; who sits at a terminal hears it, and answers."""
    ann = connect(server.address(), f"/register ann {PASSWORD}\n/join #tea\n".encode())
    ann.ping("in")
    ann.close()
    assert browser.post("/api/v1/session", json={"name": "ann", "password": PASSWORD}).status_code == 201
    assert browser.cookies["hubbub_session"]
    bob = connect(server.address(), b"bob\n/join #tea\n")
    bob.ping("in")
    said = browser.post("/api/v1/rooms/tea/messages", json={"text": words("hello bob")})
    assert said.status_code == 201
    bob.hear(words("hello bob\n").encode())
    bob.send(words("hello ann\n").encode())
    bob.ping("said")
    records = browser.get("/api/v1/rooms/tea/messages").json()["records"]
    assert [record["event"]["text"] for record in records] == [words("hello bob"), words("hello ann")]
    assert browser.delete("/api/v1/session").status_code == 204
    assert browser.get("/api/v1/me").status_code == 401


def test_a_body_is_bounded_before_it_is_read(browser: httpx.Client) -> None:
    """Whether its length is told before or not."""
    headers = {"Content-Type": "application/json"}

    def endless() -> Iterator[bytes]:
        yield b'{"name":"'
        for _ in range(100):
            yield b"x" * 10_000

    for content in (b"x" * 1_000_000, endless()):
        response = browser.post("/api/v1/session", content=content, headers=headers)
        assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_the_document_tells_the_truth(server: ConfinedServer, browser: httpx.Client, connect: Connect) -> None:
    """Whatever is asked, as it says or not, is answered as it says, and never by a fault of the server."""
    cat = connect(server.address(), f"/register cat {PASSWORD}\n/join #lobby\n{words('x')}\n/token new\n".encode())
    cat.hear(b"hub_")
    token = "hub_" + cat.hear(b"\n").decode().split()[0]
    document = browser.get("/api/openapi.json").json()
    host, port = server.address()
    tried = 0
    for found in openapi.from_dict(document).get_all_operations():
        assert isinstance(found, Ok)
        try_out(found.ok(), f"http://{host}:{port}", token)
        tried += 1
    assert tried == sum(map(len, document["paths"].values()))
    assert httpx.get(f"http://{host}:{port}/healthz").status_code == 200


def try_out(operation: Operation, url: str, token: str) -> None:
    """Ask for an operation in several ways."""
    cases = operation.as_strategy() | operation.as_strategy(GenerationMode.NEGATIVE)

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(cases)
    def ask(case: AnyCase) -> None:
        response = case.call(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE_SECONDS)
        case.validate_response(response, checks=CHECKS)

    ask()
