"""Whom a client trusts over TLS; and who is found out not to be a hubbub at all."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.client import Authorities, Misunderstood, NoConnection, Pinned, Untrusted, connect
from hubbub.client.endpoints import parse_endpoint
from hubbub.client.trust import fetch_fingerprint, normalize_fingerprint
from tests.harness.server import Server
from tests.server.certificates import fingerprint_of, write_pair


class Encrypted:
    """A server with a certificate of the test's own."""

    def __init__(self, server: Server, certificate: Path) -> None:
        self.endpoint = f"hubbubs://127.0.0.1:{server.address().port}"
        self.certificate = certificate
        self.fingerprint = fingerprint_of(certificate)


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Encrypted]:
    """Start one, for all tests of the module."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = write_pair(folder)
    server = Server(folder / "data", settings={"tls.certificate": str(certificate), "tls.key": str(key)})
    server.start()
    yield Encrypted(server, certificate)
    assert server.stop() == 0


async def test_a_pinned_certificate_is_trusted(encrypted: Encrypted) -> None:
    """Whatever it says, and however its fingerprint is written."""
    for written in (encrypted.fingerprint, encrypted.fingerprint.replace(":", "").lower()):
        async with connect(encrypted.endpoint, name="ann", tls=Pinned(written)) as hub:
            assert await hub.say("#lobby", "secret")
    assert await fetch_fingerprint(parse_endpoint(encrypted.endpoint)) == encrypted.fingerprint


async def test_another_certificate_than_the_pinned_one_is_not(encrypted: Encrypted) -> None:
    """Both fingerprints are named, and nothing was said to whoever answered."""
    with pytest.raises(Untrusted, match="was expected") as caught:
        await connect(encrypted.endpoint, name="ann", tls=Pinned("AB" * 32)).__aenter__()
    assert encrypted.fingerprint in str(caught.value)


async def test_authorities_are_trusted(encrypted: Encrypted) -> None:
    """One's own, in a file; those of the system know nothing of this certificate."""
    async with connect(encrypted.endpoint, name="ann", tls=Authorities(encrypted.certificate)) as hub:
        assert hub.is_connected
    with pytest.raises(Untrusted, match="self-signed"):
        await connect(encrypted.endpoint, name="ann").__aenter__()


@given(st.binary(min_size=32, max_size=32))
def test_fingerprints_are_written_in_one_way(digest: bytes) -> None:
    """Whatever stands between the digits."""
    assert normalize_fingerprint(digest.hex(" ")) == normalize_fingerprint(f"SHA256:{digest.hex()}")
    assert normalize_fingerprint(digest.hex()) == digest.hex(":").upper()


@pytest.mark.parametrize("written", ["", "AB", "zz" * 32])
def test_what_is_no_fingerprint_is_refused(written: str) -> None:
    """Rather than never to match anything."""
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        normalize_fingerprint(written)


Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def _speak_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    writer.close()


async def _hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.close()


async def _never_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    try:
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()
    except ConnectionError:
        writer.close()


@pytest.mark.parametrize(
    ("scheme", "answer", "error"),
    [
        ("hubbub", _speak_http, Misunderstood),
        ("hubbub", _hang_up, NoConnection),
        ("hubbub", _never_end, Misunderstood),
        ("ws", _speak_http, NoConnection),
        ("ws", _hang_up, NoConnection),
    ],
)
async def test_who_is_no_hubbub_is_found_out(scheme: str, answer: Answer, error: type[Exception]) -> None:
    """With a sentence, in bounded time and memory."""
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as strange:
        port = strange.sockets[0].getsockname()[1]
        with pytest.raises(error, match=f"{scheme}://127.0.0.1:{port}"):
            await connect(f"{scheme}://127.0.0.1:{port}", name="ann").__aenter__()


async def test_a_name_that_nobody_knows_is_told_in_words() -> None:
    """The numbers of resolvers mean nothing to people, nor to `strerror`."""
    with pytest.raises(NoConnection) as told:
        await connect("nowhere.invalid", name="ann").__aenter__()
    assert "Unknown error" not in str(told.value)
    assert re.fullmatch(r"No server at hubbub://nowhere\.invalid:4242: [A-Za-z ]+\.", str(told.value))


@pytest.mark.parametrize("scheme", ["hubbub", "hubbubs", "ws", "wss"])
async def test_one_port_speaks_over_every_transport(scheme: str, encrypted: Encrypted) -> None:
    """TCP and WebSocket, in clear and over TLS."""
    endpoint = encrypted.endpoint.replace("hubbubs", scheme)
    async with connect(endpoint, name="ann", rooms=["#all"], tls=Pinned(encrypted.fingerprint)) as hub:
        text = "é" * 8_000
        message = await hub.say("#all", text)
        records = [record async for record in hub.history("#all", limit=1)]
        assert [(record.id, record.text) for record in records] == [(message, text)]
        async for record in hub:
            if record.id == message:
                break
