"""Filehost: https://codeberg.org/emersion/soju/src/branch/master/doc/ext/filehost.md, whose words are quoted."""

from base64 import b64encode

import httpx
import pytest

from tests.gateways.http.asking import Asker
from tests.gateways.http.test_files import HELLO, server  # noqa: F401 - a fixture
from tests.service.members import PASSWORD

NAMED = {"Content-Disposition": 'attachment; filename="hello there.txt"'}


def basic(name: str, password: str) -> dict[str, str]:
    """Return the field that says who one is. RFC 7617."""
    return {"Authorization": f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"}


async def send(server: Asker, **fields: str) -> httpx.Response:  # noqa: F811 - the fixture
    """Send a file."""
    return await server.client.post("/filehost", content=HELLO, headers=fields)


async def test_a_file_is_sent(server: Asker) -> None:  # noqa: F811 - the fixture
    """HTTP Basic as for SASL PLAIN; "servers MUST reply with a 201 Created status code and with a Location"."""
    token = await server.sign_up("ann")
    response = await send(server, **basic("ann", PASSWORD), **NAMED)
    assert (response.status_code, response.content) == (201, b"")
    file = response.headers["location"].removeprefix("/f/")
    fields = {"Authorization": f"Bearer {token}"}
    told = (await server.client.get(f"/api/v1/files/{file}", headers=fields)).json()
    assert (told["name"], told["size_bytes"]) == ("hello there.txt", len(HELLO))


async def test_what_was_sent_can_be_asked_for(server: Asker) -> None:  # noqa: F811 - the fixture
    """Servers "MUST support HEAD and GET requests on the uploaded file URI": by who sent it, until it is shown."""
    await server.sign_up("ann")
    await server.sign_up("bob")
    file = (await send(server, **basic("ann", PASSWORD))).headers["location"]
    for method in ("GET", "HEAD"):
        response = await server.client.request(method, file, headers=basic("ann", PASSWORD))
        assert (response.status_code, response.content) == (200, HELLO if method == "GET" else b"")
        assert (await server.client.request(method, file, headers=basic("bob", PASSWORD))).status_code == 404
        assert (await server.client.request(method, file, headers=basic("ann", "wrong"))).status_code == 401
        assert (await server.client.request(method, file)).status_code == 404


async def test_what_is_accepted(server: Asker) -> None:  # noqa: F811 - the fixture
    """Servers "MUST accept OPTIONS requests on the upload URI", and "MAY return an Accept-Post header field"."""
    response = await server.client.options("/filehost")
    assert (response.status_code, response.headers["accept-post"]) == (204, "*/*")


@pytest.mark.parametrize("shown", ["", "Basic", "Basic %%%", "Basic YW5u", "Basic /w==", "Digest x"])
async def test_nobody_in_particular(shown: str, server: Asker) -> None:  # noqa: F811 - the fixture
    """Who does not say who he is sends nothing."""
    response = await send(server, **({"Authorization": shown} if shown else {}))
    assert response.status_code == 401


async def test_a_wrong_password(server: Asker) -> None:  # noqa: F811 - the fixture
    """It is refused as everywhere; a token does instead of it."""
    token = await server.sign_up("ann")
    assert (await send(server, **basic("ann", "wrong"))).status_code == 401
    assert (await send(server, **basic("ann", token))).status_code == 201


async def test_from_a_page_of_somebody_else(server: Asker) -> None:  # noqa: F811 - the fixture
    """A browser that knows the password does not show it for a page that has nothing to do with this server."""
    await server.sign_up("ann")
    response = await send(server, **basic("ann", PASSWORD), Origin="https://evil.example")
    assert response.status_code == 403
