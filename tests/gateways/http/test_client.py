"""The files of the browser client: the right one, in the right form, kept as long as it may be."""

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from hubbub.gateways.http.browsing import CLIENT_PATHS, browsing_routes
from hubbub.gateways.http.client import Client, load_client


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Lay out a small build."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>hubbub</title>")
    (tmp_path / "assets" / "main-1a2b.js").write_text("let plain")
    (tmp_path / "assets" / "main-1a2b.js.br").write_bytes(b"as brotli")
    (tmp_path / "assets" / "main-1a2b.js.gz").write_bytes(b"as gzip")
    (tmp_path / "secret.toml").write_text("key")
    return tmp_path


async def ask(client: Client | None, path: str, **fields: str) -> httpx.Response:
    """Ask a server with this client."""
    transport = httpx.ASGITransport(Starlette(routes=browsing_routes(client, speaks_ssh=False)))
    async with httpx.AsyncClient(transport=transport, base_url="http://chat.example.org") as asker:
        return await asker.get(path, headers=fields)


@pytest.mark.parametrize("path", [path.replace("{_:path}", "tea/of%2Fours") for path in CLIENT_PATHS])
async def test_every_address_of_the_client_shows_it(path: str, built: Path) -> None:
    """It finds out by itself which one it is, and asks each time whether it is still the newest."""
    client = Client(built)
    answer = await ask(client, path)
    assert answer.text == "<!doctype html><title>hubbub</title>"
    assert answer.headers["cache-control"] == "no-cache"
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    again = await ask(client, path, **{"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_only_pages_and_workers_have_the_policy_of_the_client(built: Path) -> None:
    """What they load may do nothing where it is opened by itself."""
    answer = await ask(Client(built), "/assets/main-1a2b.js", **{"Accept-Encoding": "identity"})
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize(
    ("accepted", "coding", "body"),
    [
        ("gzip, deflate, br, zstd", "br", b"as brotli"),
        ("gzip;q=1.0, *;q=0.5", "gzip", b"as gzip"),
        ("identity", None, b"let plain"),
    ],
)
def test_a_copy_is_chosen_by_what_is_accepted(built: Path, accepted: str, coding: str | None, body: bytes) -> None:
    """RFC 9110 section 12.5.3: the best of the codings that the browser knows."""
    file = Client(built).find("assets/main-1a2b.js", accepted)
    assert file is not None
    assert (file.coding or None, file.path.read_bytes()) == (coding, body)
    assert file.media_type == "text/javascript; charset=utf-8"
    assert file.cache_control == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    ["/secret.toml", "/assets/../secret.toml", "/assets/%2e%2e/secret.toml", "/assets/", "/x.js", "/main-1a2b.js"],
)
async def test_nothing_else_is_served(path: str, built: Path) -> None:
    """Only what was found in the folder at the start and is of a known kind has a name at all."""
    assert (await ask(Client(built), path)).status_code == 404


async def test_a_server_may_have_no_client(tmp_path: Path) -> None:
    """As in a checkout in which nobody has built it: then `/` says how to join."""
    assert load_client(tmp_path) is None
    answer = await ask(None, "/")
    assert "This server has no page to talk in the browser" in answer.text
